import { align } from '#kernel/align';
import type { Simulation } from '#model/simulation';
import type { Plan } from '../compile/plan.ts';
import { leavesReached } from './leaves.ts';
import type { Expected } from './schema.ts';
import { isAt, type TimeFrame, tellTime, writeTime } from './times.ts';

/** One thing that is not as expected, in words. */
export interface Difference {
  part: string;
  expected: string;
  got: string;
}

/** All that does not hold, in the order of the file. */
export const differences = (
  expected: Expected,
  got: Simulation,
  { plan, ...frame }: TimeFrame & { plan: Plan },
): Difference[] => [
  ...compareLists('message', expected.messages, got.sends, frame),
  ...compareLists('skipped', expected.skipped, got.skipped, frame),
  ...compareEnd(expected.ended, got, frame),
  ...compareLeaves(expected.leaves, leavesReached(plan, got)),
];

interface Written {
  step: string;
  at?: string | undefined;
  [member: string]: string | undefined;
}
interface Happened {
  step: string;
  at: string;
  [member: string]: string | undefined;
}

const compareLists = (
  part: string,
  expected: readonly Written[] | undefined,
  got: readonly Happened[],
  frame: TimeFrame,
): Difference[] => {
  if (!expected) return [];
  const fits = (wanted: Written, found: Happened): number =>
    wanted.step === found.step ? 1 + (isSame(wanted, found, frame) ? 1 : 0) : 0;
  return align(expected, got, fits).flatMap(({ left, right }, i) => {
    if (left && right && isSame(left, right, frame)) return [];
    const members = left ? Object.keys(left) : ['at', 'step'];
    return [
      {
        part: `${part} ${i + 1}`,
        expected: left ? tellWritten(left) : 'nothing',
        got: right ? tellFound(right, members, frame) : 'nothing',
      },
    ];
  });
};

const isSame = (wanted: Written, found: Happened, frame: TimeFrame): boolean =>
  Object.entries(wanted).every(
    ([name, value]) =>
      value === undefined ||
      (name === 'at' ? isAt(value, Date.parse(found.at), frame) : found[name] === value),
  );

const tellWritten = ({ at, step, ...more }: Written): string =>
  [step, ...(at === undefined ? [] : [`at ${at}`]), ...membersOf(more)].join(', ');

const tellFound = (found: Happened, members: readonly string[], frame: TimeFrame): string => {
  const { at: _at, step: _step, ...more } = Object.fromEntries(members.map((name) => [name, found[name]]));
  return [found.step, `at ${tellAt(Date.parse(found.at), frame)}`, ...membersOf(more)].join(', ');
};

const tellAt = (at: number, frame: TimeFrame): string => `${writeTime(at, frame)} (${tellTime(at, frame)})`;

const membersOf = (members: Record<string, string | undefined>): string[] =>
  Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [name === 'reason' ? value : `${name} ${JSON.stringify(value)}`],
  );

const compareEnd = (expected: Expected['ended'], got: Simulation, frame: TimeFrame): Difference[] => {
  if (!expected) return [];
  const { at, ...members } = expected;
  const found: Record<string, unknown> = got.ended;
  const right =
    Object.entries(members).every(([name, value]) => value === undefined || found[name] === value) &&
    (at === undefined || isAt(at, Date.parse(got.end), frame));
  const tell = ({
    how,
    as,
    step,
    ...rest
  }: {
    how?: unknown;
    as?: unknown;
    step?: unknown;
    at?: string | undefined;
  }) =>
    [
      how ?? 'in any way',
      ...(as ? [`as ${JSON.stringify(as)}`] : []),
      ...(step ? [`by ${step}`] : []),
      ...(rest.at ? [`at ${rest.at}`] : []),
    ].join(', ');
  return right
    ? []
    : [
        {
          part: 'end',
          expected: tell(expected),
          got: tell({ ...got.ended, at: tellAt(Date.parse(got.end), frame) }),
        },
      ];
};

const compareLeaves = (expected: readonly string[] | undefined, got: readonly string[]): Difference[] => {
  if (!expected || [...expected].sort().join('\n') === [...got].sort().join('\n')) return [];
  return [{ part: 'leaves', expected: expected.join(', ') || 'none', got: got.join(', ') || 'none' }];
};
