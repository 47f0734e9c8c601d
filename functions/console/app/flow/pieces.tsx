import type { NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { iconPath } from '#statemachines/picture/icons';
import { markWords } from '#statemachines/picture/mark';
import type { Box } from '#statemachines/picture/measure';
import { Icon } from '../parts/icon.tsx';
import { words } from '../words/words.ts';
import { useFlowState } from './flow-state.ts';
import type { FlowNode } from './nodes.ts';

type Props<Kind extends FlowNode['type']> = NodeProps<Extract<FlowNode, { type: Kind }>>;

const Lines = ({ box }: { box: Box }) => (
  <span className="flow-lines">
    {box.lines.map(({ text, style, y }) => (
      <span key={y} className={`flow-line flow-${style}`}>
        {text}
      </span>
    ))}
  </span>
);

const walkOf = (walked: ReadonlySet<string> | undefined, key: string): string | undefined =>
  walked && (walked.has(key) ? 'on' : 'off');

const CardPiece = memo(({ data: { piece } }: Props<'card'>) => {
  const { selected, issues, walked, now } = useFlowState();
  const { card, step } = piece;
  const found = issues?.get(step.id) ?? [];
  const worst = found.some(({ severity }) => severity === 'error') ? 'error' : 'warning';
  return (
    <div
      className="flow-card"
      data-kind={step.kind}
      data-mark={card.mark?.kind}
      data-selected={selected === piece.id || undefined}
      data-walk={walkOf(walked, step.id)}
      data-now={now === step.id || undefined}
      data-fault={found.length > 0 ? worst : undefined}
      title={card.full}
    >
      <svg className="flow-symbol" viewBox="0 0 24 24" aria-hidden="true">
        <path d={iconPath(step.form.symbol)} />
      </svg>
      <Lines box={card} />
      {card.connector?.leaves && (
        <span className="flow-letter" data-leaves>
          {card.connector.leaves}
        </span>
      )}
      {card.connector?.enters && <span className="flow-letter">{card.connector.enters}</span>}
      {card.mark && <span className="flow-mark">{markWords[card.mark.kind]}</span>}
      {found.length > 0 && (
        <span className="flow-faults">
          <Icon name={worst === 'error' ? 'error' : 'warn'} />
          {found.length}
        </span>
      )}
    </div>
  );
});

const ChipPiece = memo(({ data: { piece } }: Props<'chip'>) => {
  const { walked } = useFlowState();
  const { chip } = piece;
  return (
    <div
      className="flow-chip"
      data-fallback={chip.fallback || undefined}
      data-leaf={chip.leaf || undefined}
      data-mark={chip.mark?.kind}
      data-walk={walkOf(walked, `${piece.step}/${piece.answer}`)}
    >
      {chip.leaf && (
        <svg className="flow-leaf" viewBox="0 0 24 24" aria-hidden="true">
          <path d={iconPath('leaf')} />
        </svg>
      )}
      <Lines box={chip} />
      {chip.count !== undefined && <span className="flow-tally">{chip.count}</span>}
    </div>
  );
});

const RootPiece = memo(({ data: { piece } }: Props<'root'>) => (
  <div className="flow-root">
    <svg className="flow-target" viewBox="0 0 24 24" aria-hidden="true">
      <path d={iconPath('target')} />
    </svg>
    <Lines box={piece.box} />
  </div>
));

const CountPiece = memo(({ data: { piece } }: Props<'count'>) => (
  <span className="flow-count">{piece.text}</span>
));

const EndPiece = memo(() => <span className="flow-end" role="img" aria-label={words.flow.end} />);

const WaysPiece = memo(({ data: { piece } }: Props<'ways'>) => (
  <svg className="flow-ways" width={piece.width} height={piece.height} aria-hidden="true">
    {piece.paths.map(({ id, d }) => (
      <path key={id} d={d} />
    ))}
    {piece.dots.map(({ x, y }) => (
      <circle key={`${x} ${y}`} cx={x} cy={y} r="3.5" />
    ))}
  </svg>
));

export const pieceTypes = {
  card: CardPiece,
  chip: ChipPiece,
  root: RootPiece,
  count: CountPiece,
  end: EndPiece,
  ways: WaysPiece,
};
