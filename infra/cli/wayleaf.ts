#!/usr/bin/env node
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { createProgram, runProgram } = await import('./program.ts');
process.exitCode = await runProgram(createProgram(), process.argv);
