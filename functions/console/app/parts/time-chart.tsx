import { scaleBand, scaleLinear } from '@visx/scale';
import { Bar } from '@visx/shape';
import { useRef, useState } from 'react';
import { compact, shortDay } from '../words/format.ts';
import { useWidth } from './use-width.ts';

export interface DayValue {
  /** `2026-11-22` */
  day: string;
  value: number;
  /** Of an estimate: between what it will lie. */
  low?: number;
  high?: number;
}

export interface TimeChartProps {
  label: string;
  days: readonly DayValue[];
  /** How a value reads when it is pointed at. */
  says?(value: number): string;
}

const height = 240;
const room = { top: 12, right: 8, bottom: 28, left: 52 };

/** Columns by day. Pointed at by mouse, or by the arrow keys once it has the focus. */
export const TimeChart = ({ label, days, says = compact }: TimeChartProps) => {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [at, point] = useState<number>();
  const x = scaleBand({
    domain: days.map(({ day }) => day),
    range: [room.left, width - room.right],
    padding: 0.25,
  });
  const most = Math.max(1, ...days.map(({ value, high = value }) => high));
  const y = scaleLinear({ domain: [0, most], range: [height - room.bottom, room.top], nice: true });
  // Of few things there are no halves.
  const ticks = y.ticks(4).filter((tick) => most >= 4 || Number.isInteger(tick));
  const step = Math.max(1, Math.ceil(days.length / Math.max(2, Math.floor(width / 90))));
  const shown = at === undefined ? undefined : days[at];
  const move = (by: number): void =>
    point(Math.min(days.length - 1, Math.max(0, (at ?? (by > 0 ? -1 : days.length)) + by)));
  return (
    <div
      ref={box}
      className="chart"
      role="slider"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, days.length - 1)}
      aria-valuenow={at ?? 0}
      aria-valuetext={shown ? `${shortDay(shown.day)}: ${says(shown.value)}` : label}
      tabIndex={0}
      onKeyDown={({ key }) => (key === 'ArrowRight' ? move(1) : key === 'ArrowLeft' ? move(-1) : undefined)}
      onPointerLeave={() => point(undefined)}
      onBlur={() => point(undefined)}
    >
      <svg width={width} height={height} aria-hidden="true">
        {ticks.map((tick) => (
          <g key={tick}>
            <line className="chart-line" x1={room.left} x2={width - room.right} y1={y(tick)} y2={y(tick)} />
            <text className="chart-words" x={room.left - 8} y={y(tick) + 4} textAnchor="end">
              {compact(tick)}
            </text>
          </g>
        ))}
        {days.map(({ day, value, low, high }, i) => (
          <g key={day}>
            <Bar
              className="chart-bar"
              data-at={at === i || undefined}
              x={x(day) ?? 0}
              y={y(value)}
              width={x.bandwidth()}
              height={Math.max(0, y(0) - y(value))}
              rx={Math.min(3, x.bandwidth() / 3)}
            />
            {low !== undefined && high !== undefined && (
              <line
                className="chart-interval"
                x1={(x(day) ?? 0) + x.bandwidth() / 2}
                x2={(x(day) ?? 0) + x.bandwidth() / 2}
                y1={y(low)}
                y2={y(high)}
              />
            )}
            {i % step === 0 && (
              <text
                className="chart-words"
                x={(x(day) ?? 0) + x.bandwidth() / 2}
                y={height - 8}
                textAnchor="middle"
              >
                {shortDay(day)}
              </text>
            )}
            <rect
              x={(x(day) ?? 0) - (x.step() - x.bandwidth()) / 2}
              y={room.top}
              width={x.step()}
              height={height - room.bottom - room.top}
              fill="transparent"
              onPointerEnter={() => point(i)}
            />
          </g>
        ))}
      </svg>
      {shown && (
        <div
          className="chart-tip"
          style={{ left: Math.min(width - 70, Math.max(70, (x(shown.day) ?? 0) + x.bandwidth() / 2)) }}
        >
          <strong>{says(shown.value)}</strong> {shortDay(shown.day)}
        </div>
      )}
    </div>
  );
};
