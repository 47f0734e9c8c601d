import { Failure } from './failure.ts';

/** A file that stands among journeys and is none; what a glob of the shell names, too. */
export interface Beside {
  file: string;
  /** What it is, and what was done with it. */
  says: string;
  /** What is wrong with it. */
  wrong?: string;
}

interface Kind {
  name: RegExp;
  says: string;
  /** Throws a Failure that names everything that is wrong. */
  read?: (file: string) => Promise<unknown>;
}

const kinds: readonly Kind[] = [
  { name: /\.schema\.json$/, says: 'a schema for editors, not checked' },
  {
    name: /(?:^|[./\\])expect\.json$/,
    says: 'expectations, well formed; wayleaf test plays them',
    read: async (file) => (await import('./expectations/read.ts')).readExpectations(file),
  },
  {
    name: /\.rates\.json$/,
    says: 'rates for wayleaf forecast, well formed',
    read: async (file) => (await import('./forecast/read-rates.ts')).readRatesFile(file),
  },
  {
    name: /(?:^|[/\\])(?:client\.json|(?:forms|segments)[/\\][^/\\]+\.json)$/,
    says: 'no journey and no template; checked when it is deployed or uploaded',
  },
];

const kindOf = (file: string): Kind | undefined => kinds.find(({ name }) => name.test(file));

export const isBeside = (file: string): boolean => kindOf(file) !== undefined;

export const lookBeside = async (file: string): Promise<Beside> => {
  const { says = '', read } = kindOf(file) ?? {};
  try {
    await read?.(file);
    return { file, says };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { file, says, wrong: error.message };
  }
};
