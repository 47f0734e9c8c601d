/** What a colleague answers to: leads to one visit of one step of one run. Opaque to people. */
export const taskId = (run: string, step: string, visit: number): string =>
  visit === 1 ? `${run}.${step}` : `${run}.${step}.${visit}`;

const form = /^([0-9a-z]{20}-[0-9a-z]{20})\.([a-z][a-z0-9-]{0,47})(?:\.([1-9]\d{0,5}))?$/;

export const parseTaskId = (id: string): { run: string; step: string; visit: number } | undefined => {
  const [, run, step, visit = '1'] = form.exec(id) ?? [];
  return run === undefined || step === undefined ? undefined : { run, step, visit: Number(visit) };
};
