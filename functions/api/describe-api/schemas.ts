import * as z from 'zod';
import { patchSchema } from '#functions/contacts/edit-contact/patch';
import { exportSchema } from '#functions/contacts/export-contact/everything';
import { importSchema } from '#functions/contacts/importing/answer';
import { contactPageSchema } from '#functions/contacts/read-contact/page';
import {
  membersSchema,
  segmentEstimateSchema,
  segmentQuestionSchema,
  segmentSizeSchema,
} from '#functions/contacts/read-segments/answers';
import { tasksSchema } from '#functions/journeys/answer-task/schemas';
import { segmentBodySchema } from '#functions/journeys/enroll-contact/enroll-segment';
import { listedDocumentSchema } from '#functions/journeys/manage-documents/listed';
import { mergeSchema } from '#functions/journeys/merge-contacts/body';
import {
  previewAnswerSchema,
  previewSchema,
  testAnswerSchema,
  testSchema,
} from '#functions/messages/previewing/request';
import { sentMessageSchema } from '#functions/messages/previewing/sent';
import { linkKeysSchema, rotationSchema } from '#functions/messages/rotate-keys/body';
import { clientViewSchema } from '#functions/operations/read-status/client-view';
import { statusSchema } from '#functions/operations/watching/status';
import { kpisSchema } from '#functions/reports/figures/kpis';
import { overviewSchema } from '#functions/reports/figures/overview';
import {
  journeysSchema,
  segmentsSchema,
  sourcesSchema,
  templatesSchema,
} from '#functions/reports/figures/subjects';
import { rebuildSchema, recipientsSchema, reportMailSchema } from '#functions/reports/keep-reports/bodies';
import { reportSchema } from '#functions/reports/read-report/report';
import { consentSchema, contactSchema } from '#model/contact';
import { costsSchema } from '#model/costs';
import { enrolmentSchema } from '#model/enrolment';
import { forecastRequestSchema, journeyForecastSchema } from '#model/forecast';
import { formSchema } from '#model/form';
import { journeyPauseSchema } from '#model/journey-pause';
import { quarantinedWholeSchema, quarantineSchema, replayedSchema, replaySchema } from '#model/quarantine';
import { segmentSchema } from '#model/segment';
import { pauseRequestSchema, sendingStateSchema } from '#model/sending-state';
import { simulationRequestSchema, simulationSchema } from '#model/simulation';
import { layoutSchema, partialSchema, templateSchema } from '#model/template';
import { journeySchema } from '#statemachines/document/schema';
import { callSchemas } from '../../ingest/accept-event/calls.ts';
import { registrationSchema, removalSchema } from '../../ingest/register-device/device.ts';
import { secretSchema } from '../keep-secret/handler.ts';
import {
  madeTokenSchema,
  meSchema,
  newTokenSchema,
  tokenRotationSchema,
  tokensSchema,
} from '../manage-tokens/schemas.ts';
import { auditSchema } from '../read-audit/schemas.ts';
import {
  csvBody,
  droppedAnswer,
  enteredAnswer,
  erasingAnswer,
  linkForm,
  machineAnswer,
  openApiAnswer,
  sourceAnswer,
  taskAnswer,
  versionAnswer,
} from './answers.ts';

const issue = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning']),
  file: z
    .string()
    .optional()
    .describe(
      'The document that is meant, such as `layouts/main.json`, where it is not the one that was sent',
    ),
  path: z.string().describe('JSON Pointer'),
  line: z.int().optional(),
  column: z.int().optional(),
  message: z.string(),
  hint: z.string().optional(),
});

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable; programs decide by it'),
    detail: z.string().optional(),
    issues: z.array(issue).optional(),
  })
  .describe('RFC 9457');

const batch = z.object({
  batch: z
    .array(z.looseObject({ type: z.enum(['track', 'identify', 'page', 'screen', 'group', 'alias']) }))
    .max(2500),
  sentAt: z.string().optional(),
  context: z.record(z.string(), z.json()).optional(),
  writeKey: z.string().optional(),
});

const eventAnswer = z.object({
  success: z.literal(true),
  accepted: z.int().optional().describe('Of a batch of which some were refused'),
  rejected: z
    .array(z.object({ index: z.int(), code: z.string(), path: z.string(), message: z.string() }))
    .optional(),
});

const timeline = z.object({
  contact: z.string(),
  entries: z.array(
    z.object({
      at: z.string(),
      kind: z.enum(['event', 'run', 'step', 'send']),
      id: z.string(),
      text: z.string(),
      journey: z.string().optional(),
      run: z.string().optional(),
      step: z.string().optional(),
      details: z.record(z.string(), z.json()),
    }),
  ),
});

const documentKept = z.object({
  id: z.string(),
  etag: z.string().describe('For `If-Match`, in quotes'),
  updatedAt: z.string(),
  issues: z.array(issue).describe('Warnings'),
});

const journey = z.object({
  id: z.string(),
  name: z.string(),
  owner: z.enum(['folder', 'api']).optional().describe('Who may change it'),
  status: z.enum(['draft', 'live', 'paused', 'archived']),
  paused: journeyPauseSchema.optional(),
  version: z.int().optional(),
  draftEtag: z.string().describe('For `If-Match`, in quotes'),
  updatedAt: z.string(),
  document: journeySchema.optional().describe('The draft, of one journey'),
  issues: z.array(issue).optional(),
});

/** The schemas that validate, by the name that the description gives them. */
export const schemas = {
  Health: z.object({ status: z.literal('ok') }),
  Problem: problem,
  FormPost: z.record(z.string(), z.json()).describe("The form's fields by name; its definition says which"),
  FormAccepted: z.object({
    status: z.literal('accepted'),
    id: z.string(),
    ignored: z.array(z.string()).optional(),
  }),
  Track: callSchemas.track,
  Identify: callSchemas.identify,
  Page: callSchemas.page,
  Screen: callSchemas.screen,
  Group: callSchemas.group,
  Alias: callSchemas.alias,
  Batch: batch,
  Device: registrationSchema,
  DeviceRemoval: removalSchema,
  EventAccepted: eventAnswer,
  Contact: contactSchema,
  FoundContacts: z.union([contactSchema, contactPageSchema]),
  ConsentLedger: z.object({
    contact: z.string(),
    entries: z.array(consentSchema.extend({ channel: z.string(), topic: z.string().optional() })),
  }),
  ContactPatch: patchSchema,
  KeyRotation: rotationSchema,
  Quarantine: quarantineSchema,
  Status: statusSchema,
  QuarantinedWhole: quarantinedWholeSchema,
  Replay: replaySchema,
  Replayed: replayedSchema,
  Sending: sendingStateSchema,
  SendingPause: pauseRequestSchema,
  LinkKeys: linkKeysSchema,
  ContactExport: exportSchema,
  ContactMerge: mergeSchema,
  Timeline: timeline,
  JourneyDocument: journeySchema,
  Journey: journey,
  Journeys: z.object({ journeys: z.array(journey) }),
  Checked: z.object({ issues: z.array(issue) }),
  Simulation: simulationSchema,
  SimulationRequest: simulationRequestSchema,
  ForecastRequest: forecastRequestSchema,
  JourneyForecast: journeyForecastSchema,
  Report: reportSchema,
  Overview: overviewSchema,
  Kpis: kpisSchema,
  JourneyFigures: journeysSchema,
  TemplateFigures: templatesSchema,
  SegmentFigures: segmentsSchema,
  SourceFigures: sourcesSchema,
  Costs: costsSchema,
  ReportMail: reportMailSchema,
  ReportMailRecipients: recipientsSchema,
  Rebuild: rebuildSchema,
  Import: importSchema,
  Enrolment: z.union([z.object({ contact: z.string() }), segmentBodySchema]),
  EnrolmentOfSegment: enrolmentSchema,
  EnrolmentsOfSegments: z.object({ enrolments: z.array(enrolmentSchema) }),
  Tasks: tasksSchema,
  TaskOutcome: z.object({ outcome: z.string(), by: z.string().optional() }),
  DocumentKept: documentKept,
  Templates: z.object({ templates: z.array(listedDocumentSchema) }),
  Forms: z.object({ forms: z.array(listedDocumentSchema) }),
  ClientSettings: clientViewSchema,
  SentMessage: sentMessageSchema,
  Template: templateSchema,
  Layout: layoutSchema,
  Partial: partialSchema,
  PreviewRequest: previewSchema,
  Preview: previewAnswerSchema,
  TestRequest: testSchema,
  TestSent: testAnswerSchema,
  Form: formSchema,
  Secret: secretSchema,
  Me: meSchema,
  NewToken: newTokenSchema,
  TokenRotation: tokenRotationSchema,
  Tokens: tokensSchema,
  MadeToken: madeTokenSchema,
  Audit: auditSchema,
  Segment: segmentSchema,
  SegmentSize: segmentSizeSchema,
  SegmentSizes: z.object({ segments: z.array(segmentSizeSchema) }),
  SegmentQuestion: segmentQuestionSchema,
  SegmentEstimate: segmentEstimateSchema,
  Members: membersSchema,
  JourneyVersion: versionAnswer,
  StateMachine: machineAnswer,
  Entered: enteredAnswer,
  TaskAnswered: taskAnswer,
  Erasing: erasingAnswer,
  Dropped: droppedAnswer,
  SourceSettings: sourceAnswer,
  OpenApi: openApiAnswer,
  Csv: csvBody,
  LinkForm: linkForm,
} as const satisfies Record<string, z.ZodType>;

export type SchemaName = keyof typeof schemas;
