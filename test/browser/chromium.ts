import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import packed, { inflate } from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const packedFile = (name: string): string =>
  fileURLToPath(new URL(`../bin/${name}`, import.meta.resolve('@sparticuz/chromium')));

/** Not the package's own list: that one switches off what the tests are about, the rules between origins. */
const args = ['--no-sandbox', '--no-zygote', '--disable-gpu'];
const timeout = 20_000;

const launch = async (libraries = ''): Promise<Browser> => {
  const path = [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  return chromium.launch({
    executablePath: await packed.executablePath(),
    args,
    timeout,
    env: { ...process.env, ...(path ? { LD_LIBRARY_PATH: path } : {}) } as Record<string, string>,
  });
};

/** A machine without NSS gets the package's; what an earlier unpacking left half-way is unpacked again. */
const launchWithLibraries = async (): Promise<Browser> => {
  rmSync(join(tmpdir(), 'chromium'), { force: true });
  await inflate(packedFile('al2023.tar.br'));
  return launch(join(tmpdir(), 'al2023', 'lib'));
};

/** The Chromium inside the npm package is for Linux on x64; elsewhere the machine's own Chrome is used. */
export const launchBrowser = async (): Promise<Browser> => {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return chromium.launch({ channel: 'chrome', timeout });
  packed.setGraphicsMode = false;
  return launch().catch(launchWithLibraries);
};
