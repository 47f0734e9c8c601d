import { type ContactSettings, contactSettingsIn } from '#policy/contacts/contact-settings';
import type { Store } from '../store.ts';
import { catalogueOf } from './catalogue.ts';
import { getClient } from './client.ts';

/** What the client says of its contacts; as new as the catalogue was when its revision was last asked for. */
export const contactSettingsOf = (store: Store): Promise<ContactSettings> =>
  catalogueOf(store).cached('contact-settings', async () => {
    const client = await getClient(store);
    return client ? contactSettingsIn(client) : {};
  });
