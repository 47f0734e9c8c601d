import { join } from 'node:path';
import { build, type Plugin } from 'vite';

/** The sources, with `index.html` at their root. */
const sources: string = join(import.meta.dirname, '../../functions/console/app');

export interface Bundled {
  /** Absolute paths of the modules that it was made of. */
  inputs: string[];
}

/** Makes the files that browsers load, in `folder`. */
export const bundleConsole = async (folder: string): Promise<Bundled> => {
  const inputs = new Set<string>();
  await build({
    root: sources,
    configFile: false,
    logLevel: 'error',
    clearScreen: false,
    publicDir: 'public',
    plugins: [rememberInputs(inputs)],
    worker: { format: 'es', plugins: () => [rememberInputs(inputs)] },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2023',
      cssTarget: ['chrome123', 'firefox128', 'safari17.5'],
      // What a page may load is a file of its own: the policy allows no data of scripts.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 1500,
    },
  });
  return { inputs: [...inputs].sort() };
};

const rememberInputs = (inputs: Set<string>): Plugin => ({
  name: 'remember-inputs',
  buildEnd() {
    for (const id of this.getModuleIds()) {
      const file = id.split('?', 1)[0]!;
      if (file.startsWith('/') && !file.includes('\0') && !file.includes('/node_modules/')) inputs.add(file);
    }
  },
});
