import { useState } from 'react';
import type { JourneyForecast } from '#model/forecast';
import { Field } from '../../../parts/field.tsx';
import { words } from '../../../words/words.ts';
import type { JourneyView } from '../api-shapes.ts';
import { editionIn, editionsOf, nameOf } from '../versions/choices.ts';
import { audienceText } from './shape.ts';
import { peopleIn, type Wish, withRate } from './wish.ts';

const said = words.forecast;
const durationShape = /^\s*\d+(?:\.\d+)?\s*[a-z]+(?:\s+\d+\s*[a-z]+)*\s*$/i;

export interface AskProps {
  journey: JourneyView;
  wish: Wish;
  forecast: JourneyForecast | undefined;
  isWaiting: boolean;
  onWish(wish: Wish): void;
}

/** Of what, for how many, over how long. */
export const Ask = ({ journey, wish, forecast, isWaiting, onWish }: AskProps) => {
  const [people, setPeople] = useState<string>();
  const [over, setOver] = useState<string>();
  const known = (name: string) => forecast?.assumptions.find(({ path }) => path.join('/') === name);
  const [audience, lasting] = [known('audience'), known('over')];
  const typePeople = (text: string): void => {
    setPeople(text);
    const number = peopleIn(text);
    if (number === undefined) return;
    // They go on coming in over as long as those who were measured.
    const rates = withRate(wish.rates, ['over'], wish.rates.over ?? lasting?.value);
    onWish({ ...wish, audience: number, rates });
  };
  const typeOver = (text: string): void => {
    setOver(text);
    if (durationShape.test(text)) onWish({ ...wish, rates: withRate(wish.rates, ['over'], text.trim()) });
  };
  return (
    <section className="card forecast-ask">
      <Field label={said.edition}>
        <select
          value={String(wish.edition)}
          onChange={({ target }) => onWish({ ...wish, edition: editionIn(target.value) })}
        >
          {editionsOf(journey).map((edition) => (
            <option key={edition} value={edition}>
              {nameOf(edition)}
            </option>
          ))}
        </select>
      </Field>
      <Field
        label={said.people}
        hint={audience && audienceText(audience)}
        fault={people !== undefined && peopleIn(people) === undefined ? said.peopleFault : undefined}
      >
        <input
          inputMode="numeric"
          value={people ?? String(audience?.value ?? '')}
          onChange={({ target }) => typePeople(target.value)}
        />
      </Field>
      <Field
        label={said.over}
        hint={said.overHint}
        fault={over !== undefined && !durationShape.test(over) ? said.overFault : undefined}
      >
        <input
          value={over ?? String(lasting?.value ?? '')}
          onChange={({ target }) => typeOver(target.value)}
        />
      </Field>
      <p className="small faint" role="status">
        {isWaiting && said.waiting}
      </p>
    </section>
  );
};
