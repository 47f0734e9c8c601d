import { useState } from 'react';
import type { Assumption, JourneyForecast } from '#model/forecast';
import { Badge } from '../../../parts/badge.tsx';
import { Button } from '../../../parts/button.tsx';
import type { Tone } from '../../../parts/note.tsx';
import { Card } from '../../../parts/page.tsx';
import { Table } from '../../../parts/table.tsx';
import { words } from '../../../words/words.ts';
import { measuredText, messageRows, nameOfRate, otherRates } from './shape.ts';
import { percentIn, percentText, rateOf, type Wish, withRate } from './wish.ts';

const said = words.forecast;
const tones: Readonly<Record<Assumption['source'], { tone?: Tone }>> = {
  ...{ given: { tone: 'info' }, measured: { tone: 'good' }, typical: {} },
};

export interface RatesProps {
  forecast: JourneyForecast;
  wish: Wish;
  onWish(wish: Wish): void;
}

/** Every assumption with where it is from; each can be told better. */
export const Rates = ({ forecast, wish, onWish }: RatesProps) => {
  // A field holds what is typed; who takes it back gets one that is filled anew.
  const [round, setRound] = useState(0);
  const put = (path: readonly string[], value: unknown): void =>
    onWish({ ...wish, rates: withRate(wish.rates, path, value) });
  const takeBack = (): void => {
    setRound(round + 1);
    onWish({ edition: wish.edition, rates: {} });
  };
  const rows = messageRows(forecast);
  const others = otherRates(forecast);
  return (
    <Card
      title={said.rates}
      flush
      actions={Object.keys(wish.rates).length > 0 && <Button onClick={takeBack}>{said.allBack}</Button>}
    >
      <p className="soft card-body">{said.ratesLead}</p>
      {rows.length > 0 && (
        <Table
          label={said.messages}
          columns={[
            { name: said.step },
            ...['delivered', 'opened', 'clicked', 'unsubscribed'].map((name) => ({
              name: `${said.names[name]} ${said.percent}`,
            })),
          ]}
        >
          {rows.map(({ step, rates }) => (
            <tr key={step}>
              <th scope="row">{step}</th>
              {rates.map((rate) => (
                <td key={rate.name}>
                  <Rate key={round} rate={rate} label={said.ofStep(nameOfRate(rate), step)} onPut={put} />
                </td>
              ))}
            </tr>
          ))}
        </Table>
      )}
      {others.length > 0 && (
        <Table
          label={said.others}
          columns={[
            { name: said.what },
            { name: said.step, wide: true },
            { name: `${said.rate} ${said.percent}` },
          ]}
        >
          {others.map((rate) => (
            <tr key={rate.path.join('/')}>
              <th scope="row">{nameOfRate(rate)}</th>
              <td className="wide soft">{rate.step}</td>
              <td>
                <Rate key={round} rate={rate} label={labelOf(rate)} onPut={put} />
              </td>
            </tr>
          ))}
        </Table>
      )}
    </Card>
  );
};

const labelOf = (rate: Assumption): string =>
  rate.step === undefined ? nameOfRate(rate) : said.ofStep(nameOfRate(rate), rate.step);

interface RateProps {
  rate: Assumption;
  label: string;
  onPut(path: readonly string[], value: unknown): void;
}

const Rate = ({ rate, label, onPut }: RateProps) => {
  const { value, perDay, path, source } = rate;
  const isShare = typeof value === 'number' && perDay === undefined;
  const [typed, type] = useState<string>();
  const read = (text: string): unknown => {
    if (typeof value === 'string') return text.trim();
    const number = isShare ? percentIn(text) : Number(text);
    return number === undefined || Number.isNaN(number) ? undefined : rateOf(rate, number);
  };
  const change = (text: string): void => {
    type(text);
    // Empty is taken back; what cannot be read waits for the rest of it.
    const next = read(text);
    if (text.trim() === '') onPut(path, undefined);
    else if (next !== undefined) onPut(path, next);
  };
  return (
    <div className="forecast-rate">
      <input
        className="input"
        aria-label={label}
        inputMode={typeof value === 'string' ? 'text' : 'decimal'}
        aria-invalid={typed !== undefined && typed.trim() !== '' && read(typed) === undefined}
        value={typed ?? (isShare ? percentText(value) : String(perDay ?? value))}
        onChange={({ target }) => change(target.value)}
        onBlur={() => typed?.trim() === '' && type(undefined)}
      />
      <span className="small faint">
        <Badge {...tones[source]}>{said.sources[source]}</Badge> {measuredText(rate)}
      </span>
    </div>
  );
};
