import { describeDuration } from '#kernel/durations';
import { number, percent } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import type { StepReport } from '../api-shapes.ts';
import { rateWords } from './step-figures.ts';

const said = words.journeys.evidence;
type Evidence = NonNullable<StepReport['evidence']>;

/** Never a bare percentage: the interval, the chance to be the best, and what is still needed. */
export const EvidenceOfStep = ({ evidence }: { evidence: Evidence }) => (
  <div className="column-tight">
    <h3>{said.title}</h3>
    <ul className="points">
      {evidence.arms.map(({ answer, rate, chanceToBeBest }) => (
        <li key={answer} className="answer">
          <span>{answer}</span>
          <span className="small faint">
            {rateWords(rate)} · {said.best(percent(chanceToBeBest, 1))}
          </span>
        </li>
      ))}
    </ul>
    <p className="small">{samplesWords(evidence)}</p>
    <p className="small faint">{evidence.isRandom ? said.drawn : said.notDrawn}</p>
  </div>
);

const samplesWords = ({ samplesNeeded }: Evidence): string => {
  if (samplesNeeded === null) return said.noDifference;
  return samplesNeeded === 0 ? said.enough : said.needed(number(samplesNeeded));
};

/** How soon the answers to a wait came, of those who answered. */
export const AnswerTimes = ({ times }: { times: NonNullable<StepReport['answerTimes']> }) => (
  <div className="column-tight">
    <h3>{said.soon}</h3>
    <ul className="points">
      {times.within.map(({ seconds, count, ofAnswers }) => (
        <li key={seconds} className="answer">
          <span>{said.within(describeDuration(seconds * 1000))}</span>
          <span className="number">{number(count)}</span>
          <span className="small faint">{rateWords(ofAnswers)}</span>
        </li>
      ))}
    </ul>
    <p className="small faint">{said.unanswered(number(times.unanswered))}</p>
  </div>
);

export const Links = ({ links }: { links: NonNullable<StepReport['links']> }) => (
  <div className="column-tight">
    <h3>{words.journeys.links}</h3>
    <ul className="points">
      {links.map(({ link, people }) => (
        <li key={link} className="answer small">
          <span className="link-text">{link}</span>
          <span className="number">{words.journeys.people(number(people))}</span>
        </li>
      ))}
    </ul>
  </div>
);
