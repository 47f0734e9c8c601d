import { Reader } from './reader.ts';
import type { Parsed, Projection } from './syntax.ts';

const noKeywords: ReadonlySet<string> = new Set();

export const parseProjection = (source: string): Parsed<Projection> => {
  const reader = new Reader(source, noKeywords);
  const tree = reader.list(() => reader.path());
  reader.finish();
  return { tree, paths: reader.paths, names: reader.names, values: reader.values };
};
