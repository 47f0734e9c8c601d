import { useId, useMemo, useState } from 'react';
import type { Journey } from '#statemachines/document/schema';
import { Button } from '../../../parts/button.tsx';
import { Icon } from '../../../parts/icon.tsx';
import { words } from '../../../words/words.ts';
import { happeningsOffered, type Offered } from './offered.ts';

const said = words.journeys.try;
const delays = Object.entries(said.delays);

export interface Happening extends Offered {
  at: string;
}

export interface HappeningsProps {
  journey: Journey;
  happenings: readonly Happening[];
  onChange(happenings: readonly Happening[]): void;
}

export const Happenings = ({ journey, happenings, onChange }: HappeningsProps) => {
  const offered = useMemo(() => happeningsOffered(journey), [journey]);
  const [key, setKey] = useState(offered[0]?.key ?? '');
  // Later than any night for which a message is held.
  const [at, setAt] = useState('+1 day');
  const id = useId();
  const add = (): void => {
    const chosen = offered.find((one) => one.key === key);
    if (chosen) onChange([...happenings, { ...chosen, at }]);
  };
  return (
    <fieldset className="column-tight">
      <legend className="field-label">{said.happens}</legend>
      {happenings.length === 0 && <p className="small soft">{said.nothingHappens}</p>}
      <ul className="points">
        {happenings.map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same may happen twice
          <li key={i} className="happening">
            <span className="small">
              <strong>{one.at}</strong> {one.name}
            </span>
            <Button
              tone="plain"
              onlyIcon
              aria-label={`${said.remove}: ${one.name}`}
              onClick={() => onChange(happenings.filter((_, n) => n !== i))}
            >
              <Icon name="close" />
            </Button>
          </li>
        ))}
      </ul>
      {offered.length > 0 && (
        <div className="happening-new">
          <label className="hidden" htmlFor={`${id}-what`}>
            {said.what}
          </label>
          <select
            id={`${id}-what`}
            className="input"
            value={key}
            onChange={({ target }) => setKey(target.value)}
          >
            {offered.map((one) => (
              <option key={one.key} value={one.key}>
                {one.name}
              </option>
            ))}
          </select>
          <label className="hidden" htmlFor={`${id}-after`}>
            {said.after}
          </label>
          <select
            id={`${id}-after`}
            className="input"
            value={at}
            onChange={({ target }) => setAt(target.value)}
          >
            {delays.map(([value, name]) => (
              <option key={value} value={value}>
                {said.after} {name}
              </option>
            ))}
          </select>
          <Button onClick={add}>
            <Icon name="plus" />
            {said.add}
          </Button>
        </div>
      )}
    </fieldset>
  );
};
