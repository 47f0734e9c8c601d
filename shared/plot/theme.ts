/** Colours by role. The three channels stay apart in greys and for colour-blind eyes; no meaning hangs on colour alone. */
const light = {
  paper: '#ffffff',
  ink: '#111827',
  soft: '#4b5563',
  faint: '#6b7280',
  grid: '#e5e7eb',
  whisker: '#111827',
  email: '#2563eb',
  sms: '#f59e0b',
  push: '#0f766e',
  leaf: '#15803d',
};

const dark: typeof light = {
  paper: '#0d1117',
  ink: '#f0f3f6',
  soft: '#b4bdc8',
  faint: '#8d97a5',
  grid: '#262d36',
  whisker: '#f0f3f6',
  email: '#5b8df6',
  sms: '#f2b544',
  push: '#2fb3a3',
  leaf: '#3fb950',
};

const rules = (theme: typeof light): string =>
  [
    `.wlf-paper{fill:${theme.paper}}`,
    `.wlf-title,.wlf-ink{fill:${theme.ink}}`,
    `.wlf-soft{fill:${theme.soft}}`,
    `.wlf-faint{fill:${theme.faint}}`,
    `.wlf-grid{stroke:${theme.grid}}`,
    `.wlf-whisker{stroke:${theme.whisker}}`,
    `.wlf-track{fill:${theme.grid}}`,
    ...(['email', 'sms', 'push', 'leaf'] as const).map((name) => `.wlf-${name}{fill:${theme[name]}}`),
  ].join('');

export const stylesheet: string = [
  '.wlf-text{font-family:Inter,"Segoe UI","Helvetica Neue",Helvetica,Arial,sans-serif}',
  '.wlf-title{font-weight:600}',
  '.wlf-grid{fill:none;stroke-width:1}',
  '.wlf-whisker{fill:none;stroke-width:1.5}',
  rules(light),
  `@media (prefers-color-scheme:dark){${rules(dark)}}`,
].join('');
