import type { FunctionContext, LambdaHandler } from '#aws/function-context';
import type { FunctionRecord } from '#aws/function-record';
import { record as describeApi } from '#functions/api/describe-api/record';
import { record as keepSecret } from '#functions/api/keep-secret/record';
import { record as manageTokens } from '#functions/api/manage-tokens/record';
import { record as readAudit } from '#functions/api/read-audit/record';
import { record as continueImports } from '#functions/contacts/continue-imports/record';
import { record as editContact } from '#functions/contacts/edit-contact/record';
import { record as exportContact } from '#functions/contacts/export-contact/record';
import { record as exportContacts } from '#functions/contacts/export-contacts/record';
import { record as importContacts } from '#functions/contacts/import-contacts/record';
import { record as readConsent } from '#functions/contacts/read-consent/record';
import { record as readContact } from '#functions/contacts/read-contact/record';
import { record as readSegments } from '#functions/contacts/read-segments/record';
import { record as reviewContacts } from '#functions/contacts/review-contacts/record';
import { record as takeFeedback } from '#functions/feedback/take-feedback/record';
import { record as acceptEvent } from '#functions/ingest/accept-event/record';
import { record as acceptForm } from '#functions/ingest/accept-form/record';
import { record as describeSource } from '#functions/ingest/describe-source/record';
import { record as registerDevice } from '#functions/ingest/register-device/record';
import { record as serveSnippet } from '#functions/ingest/serve-snippet/record';
import { record as answerByLink } from '#functions/journeys/answer-by-link/record';
import { record as answerTask } from '#functions/journeys/answer-task/record';
import { record as changeJourney } from '#functions/journeys/change-journey/record';
import { record as decideWinner } from '#functions/journeys/decide-winner/record';
import { record as deployFolder } from '#functions/journeys/deploy-folder/record';
import { record as endRun } from '#functions/journeys/end-run/record';
import { record as enrollContact } from '#functions/journeys/enroll-contact/record';
import { record as enrollMembers } from '#functions/journeys/enroll-members/record';
import { record as eraseContact } from '#functions/journeys/erase-contact/record';
import { record as hearEvent } from '#functions/journeys/hear-event/record';
import { record as manageDocuments } from '#functions/journeys/manage-documents/record';
import { record as manageEnrolments } from '#functions/journeys/manage-enrolments/record';
import { record as mergeContacts } from '#functions/journeys/merge-contacts/record';
import { record as publishJourney } from '#functions/journeys/publish-journey/record';
import { record as readJourney } from '#functions/journeys/read-journey/record';
import { record as runStep } from '#functions/journeys/run-step/record';
import { record as simulateJourney } from '#functions/journeys/simulate-journey/record';
import { record as sweep } from '#functions/journeys/sweep/record';
import { record as uploadJourney } from '#functions/journeys/upload-journey/record';
import { record as watchRates } from '#functions/journeys/watch-rates/record';
import { record as confirmAddress } from '#functions/messages/confirm-address/record';
import { record as judgeClick } from '#functions/messages/judge-click/record';
import { record as previewTemplate } from '#functions/messages/preview-template/record';
import { record as rotateKeys } from '#functions/messages/rotate-keys/record';
import { record as sendTest } from '#functions/messages/send-test/record';
import { record as showPreferences } from '#functions/messages/show-preferences/record';
import { record as trackClick } from '#functions/messages/track-click/record';
import { record as trackOpen } from '#functions/messages/track-open/record';
import { record as unsubscribe } from '#functions/messages/unsubscribe/record';
import { record as changeSending } from '#functions/operations/change-sending/record';
import { record as manageQuarantine } from '#functions/operations/manage-quarantine/record';
import { record as parkFailure } from '#functions/operations/park-failure/record';
import { record as foldCounts } from '#functions/reports/fold-counts/record';
import { record as readReport } from '#functions/reports/read-report/record';

/** One function: what it is, and how its code is loaded when it is first called. */
export interface FunctionEntry {
  record: FunctionRecord;
  load: () => Promise<{ createHandler: (context: FunctionContext) => LambdaHandler }>;
}

/** Every function of the system, one line each; both worlds are made from it. */
export const manifest: readonly FunctionEntry[] = [
  { record: acceptEvent, load: () => import('#functions/ingest/accept-event/handler') },
  { record: acceptForm, load: () => import('#functions/ingest/accept-form/handler') },
  { record: keepSecret, load: () => import('#functions/api/keep-secret/handler') },
  { record: readAudit, load: () => import('#functions/api/read-audit/handler') },
  { record: manageTokens, load: () => import('#functions/api/manage-tokens/handler') },
  { record: describeApi, load: () => import('#functions/api/describe-api/handler') },
  { record: describeSource, load: () => import('#functions/ingest/describe-source/handler') },
  { record: registerDevice, load: () => import('#functions/ingest/register-device/handler') },
  { record: serveSnippet, load: () => import('#functions/ingest/serve-snippet/handler') },
  { record: editContact, load: () => import('#functions/contacts/edit-contact/handler') },
  { record: readConsent, load: () => import('#functions/contacts/read-consent/handler') },
  { record: continueImports, load: () => import('#functions/contacts/continue-imports/handler') },
  { record: exportContacts, load: () => import('#functions/contacts/export-contacts/handler') },
  { record: importContacts, load: () => import('#functions/contacts/import-contacts/handler') },
  { record: exportContact, load: () => import('#functions/contacts/export-contact/handler') },
  { record: readContact, load: () => import('#functions/contacts/read-contact/handler') },
  { record: readSegments, load: () => import('#functions/contacts/read-segments/handler') },
  { record: reviewContacts, load: () => import('#functions/contacts/review-contacts/handler') },
  { record: answerByLink, load: () => import('#functions/journeys/answer-by-link/handler') },
  { record: answerTask, load: () => import('#functions/journeys/answer-task/handler') },
  { record: changeJourney, load: () => import('#functions/journeys/change-journey/handler') },
  { record: decideWinner, load: () => import('#functions/journeys/decide-winner/handler') },
  { record: deployFolder, load: () => import('#functions/journeys/deploy-folder/handler') },
  { record: endRun, load: () => import('#functions/journeys/end-run/handler') },
  { record: enrollContact, load: () => import('#functions/journeys/enroll-contact/handler') },
  { record: eraseContact, load: () => import('#functions/journeys/erase-contact/handler') },
  { record: enrollMembers, load: () => import('#functions/journeys/enroll-members/handler') },
  { record: hearEvent, load: () => import('#functions/journeys/hear-event/handler') },
  { record: manageDocuments, load: () => import('#functions/journeys/manage-documents/handler') },
  { record: mergeContacts, load: () => import('#functions/journeys/merge-contacts/handler') },
  { record: manageEnrolments, load: () => import('#functions/journeys/manage-enrolments/handler') },
  { record: publishJourney, load: () => import('#functions/journeys/publish-journey/handler') },
  { record: readJourney, load: () => import('#functions/journeys/read-journey/handler') },
  { record: runStep, load: () => import('#functions/journeys/run-step/handler') },
  { record: simulateJourney, load: () => import('#functions/journeys/simulate-journey/handler') },
  { record: sweep, load: () => import('#functions/journeys/sweep/handler') },
  { record: watchRates, load: () => import('#functions/journeys/watch-rates/handler') },
  { record: uploadJourney, load: () => import('#functions/journeys/upload-journey/handler') },
  { record: confirmAddress, load: () => import('#functions/messages/confirm-address/handler') },
  { record: previewTemplate, load: () => import('#functions/messages/preview-template/handler') },
  { record: sendTest, load: () => import('#functions/messages/send-test/handler') },
  { record: rotateKeys, load: () => import('#functions/messages/rotate-keys/handler') },
  { record: showPreferences, load: () => import('#functions/messages/show-preferences/handler') },
  { record: trackClick, load: () => import('#functions/messages/track-click/handler') },
  { record: judgeClick, load: () => import('#functions/messages/judge-click/handler') },
  { record: trackOpen, load: () => import('#functions/messages/track-open/handler') },
  { record: unsubscribe, load: () => import('#functions/messages/unsubscribe/handler') },
  { record: takeFeedback, load: () => import('#functions/feedback/take-feedback/handler') },
  { record: changeSending, load: () => import('#functions/operations/change-sending/handler') },
  { record: manageQuarantine, load: () => import('#functions/operations/manage-quarantine/handler') },
  { record: parkFailure, load: () => import('#functions/operations/park-failure/handler') },
  { record: foldCounts, load: () => import('#functions/reports/fold-counts/handler') },
  { record: readReport, load: () => import('#functions/reports/read-report/handler') },
];
