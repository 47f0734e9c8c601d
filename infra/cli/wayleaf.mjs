#!/usr/bin/env node
// Plain JavaScript, so that it also runs on the Node of the machine, before `npm ci` brought ours.
import { existsSync } from 'node:fs';

const isInstalled = existsSync(new URL('../../node_modules/commander', import.meta.url));
if (isInstalled && process.features.typescript) await import('./wayleaf.ts');
else {
  console.error(
    `Wayleaf brings its own Node 24 and what else it needs; this is Node ${process.versions.node}${isInstalled ? '' : ', and nothing is installed yet'}. Run "npm ci" in this folder once, then "npx wayleaf" or "npm start".`,
  );
  process.exitCode = 1;
}
