import type { Overview } from '#functions/reports/figures/overview';
import { Empty } from '../../parts/empty.tsx';
import { Card } from '../../parts/page.tsx';
import { ScrollRegion } from '../../parts/scroll-region.tsx';
import { number, percent } from '../../words/format.ts';
import { words } from '../../words/words.ts';
import { isHeard } from './shape.ts';

const said = words.overview;
const rates = ['delivered', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed'] as const;
const counts = ['skipped', 'failed'] as const;

/** Outcomes down, channels across: narrow also with four of them. */
export const Channels = ({ overview: { channels } }: { overview: Overview }) => {
  const all = Object.entries(channels);
  if (all.length === 0)
    return (
      <Card title={said.channels}>
        <Empty icon="mail" {...said.noMessages} />
      </Card>
    );
  return (
    <Card title={said.channels} flush>
      <ScrollRegion className="table-box" label={said.channels}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{said.outcomes.channel}</th>
              {all.map(([channel]) => (
                <th key={channel} scope="col" className="end">
                  {said.channelNames[channel] ?? channel}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">{said.outcomes.sent}</th>
              {all.map(([channel, { sent }]) => (
                <td key={channel} className="end">
                  {number(sent)}
                </td>
              ))}
            </tr>
            {rates.map((what) => (
              <tr key={what}>
                <th scope="row">{said.outcomes[what]}</th>
                {all.map(([channel, of]) => (
                  <td key={channel} className="end">
                    {isHeard(channel, of[what]) ? (
                      <>
                        {number(of[what])} <span className="faint">· {percent(of[what], of.sent)}</span>
                      </>
                    ) : (
                      <span className="faint" title={said.unheard}>
                        –
                      </span>
                    )}
                  </td>
                ))}
              </tr>
            ))}
            {counts.map((what) => (
              <tr key={what}>
                <th scope="row">{said.outcomes[what]}</th>
                {all.map(([channel, of]) => (
                  <td key={channel} className="end">
                    {number(of[what])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollRegion>
    </Card>
  );
};
