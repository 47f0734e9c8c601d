import { apiOperations } from './operations/api.ts';
import { contactOperations } from './operations/contacts.ts';
import { documentOperations } from './operations/documents.ts';
import { importOperations } from './operations/imports.ts';
import { ingestOperations } from './operations/ingest.ts';
import { journeyOperations } from './operations/journeys.ts';
import { keyOperations } from './operations/keys.ts';
import { messageOperations } from './operations/messages.ts';
import type { Operation } from './operations/operation.ts';
import { quarantineOperations } from './operations/quarantine.ts';
import { reportOperations } from './operations/reports.ts';
import { rightsOperations } from './operations/rights.ts';
import { segmentOperations } from './operations/segments.ts';
import { sendingOperations } from './operations/sending.ts';
import { tokenOperations } from './operations/tokens.ts';
import { websiteOperations } from './operations/website.ts';

/** All that the API can do; one file for each subject in `operations/`. */
export const operations: readonly Operation[] = [
  ...apiOperations,
  ...ingestOperations,
  ...websiteOperations,
  ...messageOperations,
  ...journeyOperations,
  ...reportOperations,
  ...documentOperations,
  ...keyOperations,
  ...tokenOperations,
  ...segmentOperations,
  ...contactOperations,
  ...rightsOperations,
  ...importOperations,
  ...sendingOperations,
  ...quarantineOperations,
];
