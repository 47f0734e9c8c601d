import { Reader } from './reader.ts';
import type { Parsed, Projection } from './syntax.ts';

export const parseProjection = (source: string): Parsed<Projection> => {
  const reader = new Reader(source);
  const tree = reader.list(() => reader.path());
  reader.finish();
  return { tree, paths: reader.paths, names: reader.names, values: reader.values };
};
