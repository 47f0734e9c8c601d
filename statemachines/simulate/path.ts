import type { Plan } from '../compile/plan.ts';
import { asSimulationEvent, type Planned } from './events.ts';
import { membersOf } from './members.ts';
import type { Path } from './paths.ts';
import { type Trip, tagsOf } from './trip.ts';

/** What a trip says to those who want to make it. */
export const asPath = (plan: Plan, trip: Trip): Path => {
  const leaves = leavesOn(plan, trip);
  return {
    leaf: leaves.at(-1) ?? 'end',
    leaves,
    contact: contactFile(trip),
    trigger: { on: trip.on, properties: membersOf(trip.knowledge, 'trigger.properties.') },
    events: [...trip.events].sort((a, b) => a.at - b.at).flatMap((planned) => eventLine(trip, planned)),
    arms: armsOf(plan, trip),
    webhooks: webhooksOn(plan, trip),
    answers: trip.answers.map(({ step, answer }) => ({ step, answer })),
    steps: trip.performed,
  };
};

const webhooksOn = (plan: Plan, { performed, knowledge }: Trip): Record<string, unknown> =>
  Object.fromEntries(
    performed.flatMap((id) => {
      const { step } = plan.nodes.get(id) ?? {};
      const name = step && 'saveAs' in step ? step.saveAs : undefined;
      return name === undefined ? [] : [[id, membersOf(knowledge, `results.${name}.`)]];
    }),
  );

const eventLine = (trip: Trip, planned: Planned) => {
  const searched = planned.key ? membersOf(trip.knowledge, `${planned.key}.properties.`) : {};
  const line = asSimulationEvent(
    { ...planned, properties: { ...searched, ...planned.properties } },
    trip.world.start,
  );
  return line ? [line] : [];
};

const contactFile = ({ knowledge }: Trip): Record<string, unknown> => {
  const fields = membersOf(knowledge, 'contact.');
  const tags = tagsOf(knowledge, fields.tags);
  const consent = [...knowledge].flatMap(([name, { value }]) =>
    name.startsWith('consent.') && value === true ? [name.slice('consent.'.length)] : [],
  );
  return { ...fields, consent, ...(tags.length > 0 && { tags }) };
};

const armsOf = (plan: Plan, { answers }: Trip): Record<string, string> =>
  Object.fromEntries(
    answers.flatMap(({ step, index, answer }) => {
      const branch = plan.nodes.get(step)?.branches.find((each) => each.index === index);
      return branch?.way?.by === 'lot' ? [[step, answer]] : [];
    }),
  );

const leavesOn = (plan: Plan, { answers, performed }: Trip): string[] => {
  const last = plan.nodes.get(performed.at(-1) ?? '');
  const answered = answers.flatMap((given) =>
    plan.leaves.filter(({ step, answer }) => step === given.step && answer === given.answer),
  );
  const ending = plan.leaves.filter(({ step, answer }) =>
    last?.kind === 'exit' ? step === last.id && answer === undefined : step === undefined,
  );
  return [...answered, ...ending].map(({ id }) => id);
};
