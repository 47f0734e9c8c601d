import { Badge } from '../../parts/badge.tsx';
import { Card } from '../../parts/page.tsx';
import { words } from '../../words/words.ts';
import type { Vital } from './shape.ts';

const said = words.overview.health;
const looks = {
  good: { icon: 'good', word: said.good },
  warn: { icon: 'warn', word: said.watch },
  bad: { icon: 'error', word: said.bad },
} as const;

export const Vitals = ({ vitals }: { vitals: readonly Vital[] }) => (
  <Card title={said.title}>
    <ul className="vitals">
      {vitals.map(({ name, value, more, tone }) => (
        <li key={name + more}>
          <span>
            {name}
            {more !== '' && <span className="faint small"> {more}</span>}
          </span>
          <strong className="number">{value}</strong>
          <Badge tone={tone} icon={looks[tone].icon}>
            {looks[tone].word}
          </Badge>
        </li>
      ))}
    </ul>
  </Card>
);
