import type { Command } from 'commander';
export const addSimulate = (_program: Command): void => {};
