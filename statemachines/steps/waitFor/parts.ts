import { present, type StepParts, takesTime } from '../parts.ts';
import type { WaitForStep } from './schema.ts';

export const parts = ({ branches = [], since, atMost }: Partial<WaitForStep>): StepParts => ({
  waits: takesTime(atMost),
  hearsPast: true,
  conditions: branches.flatMap((branch, i) => present(['branches', i, 'if'], branch.if)),
  triggers: branches.map((branch, i) => ({ path: ['branches', i, 'on'], value: branch.on })),
  uses: present(['since'], since).map((use) => ({ ...use, kind: 'step' })),
  lasts: present(['atMost'], atMost),
});
