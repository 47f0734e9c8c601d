import { createApp } from '#infra/app';
import { bundleFunctions } from '#infra/aws/bundle';
import { manifest } from '#infra/manifest';

/** Prints milliseconds, as one line of JSON: `synth-process.ts bundles` or `synth-process.ts <folder of clients>`. */
const [what = ''] = process.argv.slice(2);
const timed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

const work =
  what === 'bundles'
    ? () => void bundleFunctions(manifest.map(({ record }) => record))
    : () => void createApp(what).synth();
console.log(JSON.stringify(timed(work)));
