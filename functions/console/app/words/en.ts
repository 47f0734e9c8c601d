import { audit } from './en/audit.ts';
import { common } from './en/common.ts';
import { contacts } from './en/contacts.ts';
import { documents } from './en/documents.ts';
import { figures } from './en/figures.ts';
import { flow } from './en/flow.ts';
import { forecast } from './en/forecast.ts';
import { journeys } from './en/journeys.ts';
import { overview } from './en/overview.ts';
import { quarantine } from './en/quarantine.ts';
import { session } from './en/session.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { tasks } from './en/tasks.ts';

/** Everything the console says in English. A page's words are a file in `en/` and a line here. */
export const en = {
  locale: 'en',
  dates: 'en-GB',
  ...{ audit, common, contacts, documents, figures, flow, forecast, journeys, overview },
  ...{ quarantine, session, settings, shell, tasks },
};
