import type { StepForm } from '../compile/form.ts';
import type { Mark } from './mark.ts';

/** Colours by role, light and dark. Classes are prefixed, as pictures also stand inside pages. */
type Role = StepForm['kind'];
type MarkRole = Mark['kind'];

const light = {
  paper: '#ffffff',
  ink: '#111827',
  soft: '#4b5563',
  faint: '#6b7280',
  way: '#94a3b8',
  card: '#ffffff',
  chip: '#f8fafc',
  root: '#0f2f4f',
  rootInk: '#ffffff',
  rootSoft: '#c5d8ea',
  leaf: '#15803d',
  action: ['#2563eb', '#bcd0f7', '#f7faff'],
  decision: ['#b45309', '#f3cf8f', '#fffaf0'],
  wait: ['#6d5bd0', '#cfc8f5', '#f9f8ff'],
  exit: ['#be123c', '#f5b5c4', '#fff6f8'],
  added: ['#15803d', '#effcf3'],
  removed: ['#b91c1c', '#fff5f5'],
  changed: ['#a16207', '#fffbea'],
  moved: ['#6d28d9', '#f8f5ff'],
} as const;

const dark: Record<keyof typeof light, string | readonly string[]> = {
  paper: '#0d1117',
  ink: '#f0f3f6',
  soft: '#b4bdc8',
  faint: '#8d97a5',
  way: '#5a6675',
  card: '#161b22',
  chip: '#161b22',
  root: '#1d4470',
  rootInk: '#ffffff',
  rootSoft: '#c5d8ea',
  leaf: '#3fb950',
  action: ['#3b76f0', '#27457f', '#121c2e'],
  decision: ['#c2700f', '#6b4510', '#211a10'],
  wait: ['#7d6be0', '#443a80', '#1a1730'],
  exit: ['#d6335c', '#75233a', '#26131a'],
  added: ['#3fb950', '#10231a'],
  removed: ['#f47067', '#2a1517'],
  changed: ['#d4a72c', '#251e0d'],
  moved: ['#b392f0', '#1f1830'],
};

const markRoles: readonly MarkRole[] = ['added', 'removed', 'changed', 'moved'];
const roles: readonly Role[] = ['action', 'decision', 'wait', 'exit'];

const rules = (theme: typeof light | typeof dark): string =>
  [
    `.wl-paper{fill:${theme.paper}}`,
    `.wl-title,.wl-answer{fill:${theme.ink}}`,
    `.wl-detail{fill:${theme.soft}}`,
    `.wl-note,.wl-count{fill:${theme.faint}}`,
    `.wl-way{stroke:${theme.way}}`,
    `.wl-dot{fill:${theme.way}}`,
    `.wl-chip{fill:${theme.chip};stroke:${theme.way}}`,
    `.wl-tally{fill:${theme.ink}}`,
    `.wl-tallied{fill:${theme.paper}}`,
    `.wl-rootbox{fill:${theme.root}}`,
    `.wl-root{fill:${theme.rootInk}}`,
    `.wl-rootLine{fill:${theme.rootSoft}}`,
    `.wl-connector{fill:${theme.paper};stroke:${theme.way}}`,
    `.wl-connected{fill:${theme.ink}}`,
    `.wl-leaf{stroke:${theme.leaf}}`,
    `.wl-end{stroke:${theme.leaf};fill:${theme.paper}}`,
    `.wl-endcore{fill:${theme.leaf}}`,
    ...roles.map((role) => roleRules(role, theme[role] as readonly string[])),
  ].join('');

/** Only where something is compared. The frame of what is gone is broken and its words are struck through. */
const markRules = (theme: typeof light | typeof dark): string =>
  `.wl-marked{fill:${theme.paper}}${markRoles.map((role) => markRule(role, theme[role] as readonly string[])).join('')}`;

const markRule = (role: MarkRole, [strong, tint]: readonly string[]): string => {
  const frames = ['action', 'decision', 'wait', 'exit', 'chip'].map((name) => `.wl-${role} .wl-${name}`);
  return `${frames.join(',')}{stroke:${strong};fill:${tint};stroke-width:2.25}.wl-${role} .wl-mark,.wl-${role} .wl-change{fill:${strong}}`;
};

const roleRules = (role: Role, [strong, edge, tint]: readonly string[]): string =>
  `.wl-${role}{fill:${tint};stroke:${edge}}.wl-${role}-badge{fill:${strong}}`;

const fixed = [
  `.wl-text{font-family:Inter,"Segoe UI","Helvetica Neue",Helvetica,Arial,sans-serif}`,
  '.wl-way{fill:none;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}',
  '.wl-icon{fill:none;stroke:#fff;stroke-width:1.9;stroke-linecap:round;stroke-linejoin:round}',
  '.wl-leaf{fill:none;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}',
  '.wl-note{font-style:italic}',
].join('');

const comparing =
  '.wl-removed .wl-action,.wl-removed .wl-decision,.wl-removed .wl-wait,.wl-removed .wl-exit,.wl-removed .wl-chip{stroke-dasharray:6 4}.wl-removed .wl-title,.wl-removed .wl-detail,.wl-removed .wl-answer{text-decoration:line-through;opacity:.75}';

/** `auto` follows the reader; pictures of pixels cannot. */
export type Theme = 'auto' | 'light' | 'dark';

/** @param compares with the rules for what was added, removed, changed and moved */
export const stylesheet = (theme: Theme = 'auto', compares = false): string => {
  const all = (colours: typeof light | typeof dark): string =>
    rules(colours) + (compares ? markRules(colours) : '');
  const base = fixed + (compares ? comparing : '');
  if (theme === 'auto') return `${base}${all(light)}@media (prefers-color-scheme:dark){${all(dark)}}`;
  return base + all(theme === 'dark' ? dark : light);
};
