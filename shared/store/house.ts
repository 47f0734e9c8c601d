import type { House } from '#policy/score-rules';
import { catalogueOf } from './catalogue.ts';
import { getClient } from './client.ts';
import type { Store } from './store.ts';

/** What the client says of its contacts; as new as the catalogue was when its revision was last asked for. */
export const houseOf = (store: Store): Promise<House> =>
  catalogueOf(store).cached('house', async () => {
    const client = await getClient(store);
    if (!client) return {};
    const { fields, score, stages, timezone, channels, topics = {} } = client;
    return { fields, score, stages, timezone, country: channels.sms?.country, topics: Object.keys(topics) };
  });
