import type { Journey } from '#statemachines/document/schema';
import { words } from '../../../words/words.ts';
import type { JourneyView } from '../api-shapes.ts';
import { differenceOf } from './compare.ts';

export type Act = 'publish' | 'pause' | 'resume' | 'archive';

export interface Situation {
  journey: JourneyView;
  /** Runs under way; undefined where nobody knows. */
  active: number | undefined;
  /** What is published now. */
  live?: Journey | undefined;
}

const { confirm } = words.journeys;

/** What may be done with a journey as it stands. */
export const actsOf = ({ status, document }: Pick<JourneyView, 'status' | 'document'>): Act[] => {
  const publish: Act[] = document ? ['publish'] : [];
  if (status === 'live') return [...publish, 'pause', 'archive'];
  if (status === 'paused') return ['resume', ...publish, 'archive'];
  if (status === 'draft') return [...publish, 'archive'];
  return publish;
};

/** What will happen to whom, point by point, before somebody says yes. */
export const effectsOf = (act: Act, situation: Situation): string[] => {
  const { journey, active } = situation;
  const running = active ?? 0;
  if (act === 'publish') return publishEffects(situation);
  if (act === 'pause') return [confirm.pause.held(running), confirm.pause.entering, confirm.pause.later];
  if (act === 'resume') return [confirm.resume.held(running), confirm.resume.stale, confirm.resume.entering];
  if (journey.version === undefined) return [confirm.archive.entering];
  return [confirm.archive.entering, confirm.archive.running(running), confirm.archive.back];
};

const publishEffects = ({ journey, active = 0, live }: Situation): string[] => {
  const { version, status, document } = journey;
  const said = confirm.publish;
  if (version === undefined) return [said.first];
  return [
    said.entering(version + 1),
    active > 0 ? said.running(active, version) : said.noOne,
    ...(live && document ? [said.changes(differenceOf(live, document))] : []),
    said.templates,
    ...(status === 'archived' ? [said.reopens] : []),
    ...(status === 'paused' ? [said.paused] : []),
  ];
};
