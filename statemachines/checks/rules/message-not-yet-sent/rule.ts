import { messageRefs } from '../../message-refs.ts';
import type { Rule } from '../../rule.ts';
import type { StepEntry } from '../../view.ts';
import { hasJumps, mayFollow } from '../../ways.ts';

export const messageNotYetSent: Rule = {
  id: 'message-not-yet-sent',
  severity: 'error',
  title: 'A message is sent before it is asked about',
  explain:
    'A message is asked about only after it was sent: by a step that comes earlier on the way, not later and not in another branch.',
  why: 'What has not been sent cannot have been opened or clicked, so the branch would never be taken.',
  example: {
    wrong: `[{ "id": "done", "type": "exit", "if": { "message": "mail", "was": "clicked" } },
 { "id": "mail", "type": "email", "template": "welcome" }]`,
    right: `[{ "id": "mail", "type": "email", "template": "welcome" },
 { "id": "done", "type": "exit", "if": { "message": "mail", "was": "clicked" } }]`,
  },
  check: (view) =>
    messageRefs(view).flatMap(({ path, value, entry }) => {
      const message = view.byId.get(value);
      if (!message || !entry) return [];
      const reason = hasJumps(view) && mayFollow(view, message, entry) ? undefined : whyNever(message, entry);
      return reason === undefined
        ? []
        : [
            {
              path,
              message: `message "${value}" ${reason}`,
              hint: 'name a message that was sent on the way to here',
            },
          ];
    }),
};

const whyNever = (message: StepEntry, asking: StepEntry): string | undefined => {
  if (message === asking) return 'is this step itself';
  if (message.order > asking.order) return 'is sent later than this step, so it can never have happened';
  return inOtherBranch(message, asking)
    ? 'is sent in another branch, so it can never have happened here'
    : undefined;
};

/** Do their ways part at a step whose branches exclude each other? */
const inOtherBranch = (message: StepEntry, asking: StepEntry): boolean => {
  const branches = new Map(branchesAround(message).map(({ owner, path }) => [owner, path]));
  return branchesAround(asking).some(({ owner, path }) => {
    const other = branches.get(owner);
    return other !== undefined && other !== path;
  });
};

const branchesAround = (entry: StepEntry): StepEntry['within'][] => {
  const around: StepEntry['within'][] = [];
  for (let at: StepEntry | undefined = entry; at?.within.owner; at = at.within.owner) around.push(at.within);
  return around;
};
