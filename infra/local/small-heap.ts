import { setFlagsFromString } from 'node:v8';

/**
 * A process that runs for weeks should not keep the garbage of its busiest minute: a heap may grow by
 * 100 % between two collections instead of up to four times, and young objects have 8 MB to die in.
 */
export const keepHeapSmall = (): void => {
  setFlagsFromString('--heap-growing-percent=100');
  setFlagsFromString('--max-semi-space-size=8');
};
