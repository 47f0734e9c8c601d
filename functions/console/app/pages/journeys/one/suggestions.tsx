import { Badge } from '../../../parts/badge.tsx';
import { Card } from '../../../parts/page.tsx';
import { words } from '../../../words/words.ts';
import type { ReportView } from '../api-shapes.ts';

const said = words.journeys.suggestions;

export const Suggestions = ({ suggestions }: { suggestions: NonNullable<ReportView['suggestions']> }) => {
  if (suggestions.length === 0) return null;
  return (
    <Card title={said.title}>
      <p className="soft small">{said.lead}</p>
      <ul className="suggestions">
        {suggestions.map(({ step, kind, text, isCausal }) => (
          <li key={`${step} ${kind} ${text}`} className="column-tight">
            <div className="row">
              <strong className="mono">{step}</strong>
              <Badge tone={isCausal ? 'good' : 'info'}>{isCausal ? said.causal : said.notCausal}</Badge>
            </div>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </Card>
  );
};
