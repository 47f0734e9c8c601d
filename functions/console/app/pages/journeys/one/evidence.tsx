import { number, percent } from '../../../words/format.ts';
import { words } from '../../../words/words.ts';
import type { StepReport } from '../api-shapes.ts';

const said = words.journeys.evidence;
type Evidence = NonNullable<StepReport['evidence']>;
type Rate = Evidence['arms'][number]['rate'];

/** Never a bare percentage: the interval, the chance to be the best, and what is still needed. */
export const EvidenceOfStep = ({ evidence }: { evidence: Evidence }) => (
  <div className="column-tight">
    <h3>{said.title}</h3>
    <ul className="points">
      {evidence.arms.map(({ answer, rate, chanceToBeBest }) => (
        <li key={answer} className="answer">
          <span>{answer}</span>
          <span className="number small">{percent(chanceToBeBest, 1)}</span>
          <span className="small faint">
            {rateWords(rate)} · {said.best(percent(chanceToBeBest, 1))}
          </span>
        </li>
      ))}
    </ul>
    {evidence.samplesNeeded !== null && evidence.samplesNeeded > 0 && (
      <p className="small">{said.needed(number(evidence.samplesNeeded))}</p>
    )}
    <p className="small faint">{evidence.isRandom ? said.drawn : said.notDrawn}</p>
  </div>
);

const rateWords = ({ value, low, high, of }: Rate): string =>
  value === null ? said.none : said.rate(percent(value, 1), percent(low, 1), percent(high, 1), number(of));

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
