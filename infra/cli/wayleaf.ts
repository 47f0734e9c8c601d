#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { beginWithSmallHeap } from '../local/small-heap.ts';

enableCompileCache();
if (process.argv[2] === 'start') beginWithSmallHeap();
// Whoever reads our output, such as `head`, may have read enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
const { createProgram, runProgram } = await import('./program.ts');
process.exitCode = await runProgram(createProgram(), process.argv);
