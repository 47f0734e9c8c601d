import { common } from './en/common.ts';
import { flow } from './en/flow.ts';
import { journeys } from './en/journeys.ts';
import { overview } from './en/overview.ts';
import { session } from './en/session.ts';
import { shell } from './en/shell.ts';

/** Everything the console says in English. A page's words are a file in `en/` and a line here. */
export const en = { locale: 'en', dates: 'en-GB', common, flow, journeys, overview, session, shell };
