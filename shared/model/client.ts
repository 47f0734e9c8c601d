import * as z from 'zod';
import { durationMs } from '#kernel/durations';
import { contactChannels } from './channel.ts';
import { contactRuleMembers } from './contact-rules.ts';
import { contradictions, deploymentSchema } from './deployment.ts';
import {
  documentId,
  duration,
  languageTag,
  line,
  mailAddress,
  phonePattern,
  timeOfDay,
  timezone,
  webAddress,
} from './document-text.ts';
import { limitsSchema } from './limits.ts';
import { eventsOutSchema, reportSettingsSchema } from './report-settings.ts';
import { wordNames } from './words/say.ts';

const sender = z.strictObject({
  domain: z
    .string()
    .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'a domain in lower case, such as "mail.example.com"')
    .describe('The verified SES identity: DKIM, SPF and DMARC are set up for it'),
  address: mailAddress.describe('From'),
  name: line(100).describe('From, for people'),
  replyTo: mailAddress.optional().describe('Where answers go; the From address when left out'),
});

const brand = z
  .strictObject({
    name: line(100),
    tagline: line(200).optional(),
    color: z
      .string()
      .regex(/^#[0-9a-f]{6}$/i, 'a colour such as "#1a4d3e"')
      .optional(),
    logo: webAddress.optional(),
    logoText: line(100).optional(),
    signature: line(200).optional().describe('Who signs the mails'),
    role: line(200).optional().describe('What the one who signs does'),
    website: line(200).optional().describe('As people say it: "acme.example"'),
    supportEmail: mailAddress.optional(),
    phone: line(40).optional(),
  })
  .describe('`brand.*` in templates; `brand.postalAddress` is added');
export const brandMembers: readonly string[] = Object.keys(brand.shape);

const quietHours = z.strictObject({
  from: timeOfDay,
  to: timeOfDay,
  // biome-ignore lint/suspicious/noThenProperty: the word of the journey language
  then: z.enum(['hold', 'skip']).default('hold'),
});

const cap = z.strictObject({ atMost: z.number().int().min(1).max(1000), per: duration });

const mark = z.string().regex(/^[^\p{Cc}\p{Cs}]{1,100}$/u, 'one line of at most 100 characters');

const utm = z
  .strictObject({
    source: mark.optional().describe('`utm_source`; the name of the client when left out'),
    medium: mark.default('email').describe('`utm_medium`'),
    campaign: mark.optional().describe('`utm_campaign`; the id of the journey when left out'),
    hosts: z
      .array(
        z.string().regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'a host in lower case, such as "shop.example.com"'),
      )
      .max(50)
      .optional()
      .describe(
        'Sites whose addresses are marked, with their subdomains; those of `links` and `origins` when left out',
      ),
  })
  .describe(
    '`utm_…` marks on links to your own sites, so that web analytics knows the mail; `utm_content` is the step',
  );

const email = z.strictObject({
  tracking: z.boolean().default(true).describe('Open pixel and click links'),
  utm: utm.optional(),
});

const messages = z
  .record(languageTag, z.partialRecord(z.enum(wordNames), line(300)))
  .describe(
    'Your own words on our pages and under mails, by language: `{ "de": { "unsubscribe-button": "Abbestellen" } }`; also languages that we lack',
  );
const sms = z.strictObject({
  senderId: z
    .string()
    .regex(/^(?=.*[A-Za-z])[A-Za-z0-9-]{1,11}$/, 'at most 11 letters, digits and hyphens, with a letter')
    .optional()
    .describe('Shown as the sender where the country allows it'),
  originationNumber: z.string().regex(phonePattern, 'a number such as "+4915112345678"').optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe('For phone numbers without a country code'),
  quietHours: z
    .union([quietHours, z.literal(false)])
    .optional()
    .describe(
      'For advertising by text, where the journey sets none. When left out: 20:00 to 09:00, and what holds for all channels; `false`: only the latter',
    ),
  maxParts: z
    .number()
    .int()
    .min(1)
    .max(10)
    .optional()
    .describe('A text that would be paid as more parts than this is skipped; 6 when left out'),
  keywords: z
    .partialRecord(z.enum(['stop', 'start', 'help']), z.array(line(40)).max(50))
    .optional()
    .describe(
      'Words that count as STOP, START or HELP beside ours, when they are the whole text: `{ "stop": ["basta"] }`',
    ),
  answers: z
    .boolean()
    .optional()
    .describe('Do we answer STOP, START and HELP, once? `false` where somebody else does'),
});

const push = z
  .strictObject({
    apps: z
      .record(
        documentId,
        z
          .string()
          .regex(
            /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:app\/[A-Z_]{2,20}\/[A-Za-z0-9_.-]{1,256}$/,
            'the ARN of an SNS platform application',
          ),
      )
      .describe(
        'SNS platform applications by the name that the app gives when it registers a device; their credentials stay with SNS',
      ),
  })
  .describe('Push messages to apps and browsers');

const team = z.strictObject({
  name: line(100),
  topic: z
    .string()
    .regex(/^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/, 'the ARN of an SNS topic')
    .optional()
    .describe('An existing SNS topic; one is made when left out'),
  emails: z.array(mailAddress).max(20).default([]).describe('Subscribed to the topic that is made'),
});

const topic = z.strictObject({
  name: line(100).describe('Shown on the preferences page'),
  description: line(300).optional(),
});

const retention = z.strictObject({
  events: duration
    .default('400 days')
    .describe(
      'How long events, ended runs and messages of a contact are kept, and visitors that never say who they are after they were last seen; at least 31 days',
    ),
  logs: z
    .union([z.literal(7), z.literal(14), z.literal(30), z.literal(90), z.literal(180), z.literal(365)])
    .default(30)
    .describe('Days that CloudWatch keeps logs'),
  audit: duration
    .default('730 days')
    .describe('How long it is kept who did what by the API or a deployment; at least 31 days'),
});

/** Where everybody may have a mailbox: to allow all of it would be an open door. */
const openToAll =
  /^@(?:gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|aol|gmx|web|mail|proton|protonmail)\./i;

const testSends = z
  .strictObject({
    to: z
      .array(
        z
          .string()
          .max(254)
          .regex(
            /^(?:[^\s@<>"(),:;\\[\]\p{Cc}]{1,64})?@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/iu,
            'an address, or all of a domain of yours as "@example.com"',
          )
          .refine((to) => !openToAll.test(to), 'everybody can have an address there: name each one'),
      )
      .max(100)
      .default([])
      .describe(
        'Who else may get test mails: addresses, or `"@example.com"` for a whole domain; people named in `teams`, `alarm`, `sender.replyTo` and `brand.supportEmail` always may',
      ),
    perDay: z
      .number()
      .int()
      .min(1)
      .max(1_000)
      .default(100)
      .describe('Test mails in a day; a fifth of it to one address'),
  })
  .describe('Test mails of templates');

const share = z.number().gt(0).max(1);
const breaker = z.strictObject({
  bounceRate: share.default(0.05).describe('Of mails that mailboxes answered, those that bounced for good'),
  complaintRate: share.default(0.001).describe('And those that were complained about'),
  atLeast: z.number().int().min(10).default(100).describe('Fewer mails say nothing'),
});

const heartbeat = z
  .strictObject({
    email: mailAddress.optional().describe('A mailbox of yours'),
    phone: z.string().regex(phonePattern, 'a number such as "+4915112345678"').optional(),
    device: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:endpoint\/[A-Z_]{2,20}\/[A-Za-z0-9_.-]{1,256}\/[a-f0-9-]{36}$/,
        'the ARN of an SNS platform endpoint',
      )
      .optional()
      .describe("A phone of yours with the client's app: the `pushEndpoint` of its contact"),
    team: documentId.optional().describe('One of `teams`: its topic is told'),
    every: duration.default('1 hour').describe('How often; no sooner than each five minutes'),
  })
  .describe(
    'A message that the client sends to itself by each channel named here, to see that they arrive; `status` and an alarm say when one did not',
  );

const brake = z
  .union([
    z.literal(false),
    z.strictObject({
      perHour: z.number().int().min(10).default(100_000),
      perDay: z.number().int().min(10).default(500_000),
    }),
  ])
  .describe(
    'Messages to contacts within an hour and a day, by the clock: over it everything pauses by itself until somebody resumes it; `false` for no bound',
  );

const ownDomain = (c: { sender: { domain: string; address: string } }): boolean => {
  const host = c.sender.address.slice(c.sender.address.lastIndexOf('@') + 1).toLowerCase();
  return host === c.sender.domain || host.endsWith(`.${c.sender.domain}`);
};

export const clientSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,23}$/, 'lower case letters, digits and hyphens, a letter first, at most 24')
      .describe('Name of the folder and prefix of everything made on AWS'),
    account: z
      .string()
      .regex(/^\d{12}$/, 'the 12 digits of the AWS account')
      .describe('AWS account that everything is made in'),
    region: z
      .string()
      .regex(/^[a-z]{2}(?:-[a-z]+)+-\d$/, 'an AWS Region such as "eu-central-1"')
      .describe('AWS Region; it cannot change once something is deployed'),
    publicUrl: webAddress
      .optional()
      .describe('Own address of the HTTP API; that of API Gateway when left out'),
    sender,
    postalAddress: z.string().min(5).max(300).describe('Stands in every marketing mail, as the law asks'),
    brand,
    links: z
      .record(z.string().regex(/^[a-z][A-Za-z0-9]{0,31}$/), webAddress)
      .describe('`links.*` in templates'),
    timezone: timezone.describe('For contacts whose zone is not known'),
    language: languageTag.default('en').describe('For contacts whose language is not known'),
    messages: messages.default({}),
    quietHours: quietHours.optional().describe('For journeys that set none'),
    caps: z
      .partialRecord(z.enum(contactChannels), cap)
      .default({})
      .describe('How many messages of a channel one contact may get at most, over all journeys'),
    channels: z.strictObject({ email: email.optional(), sms: sms.optional(), push: push.optional() }),
    topics: z
      .record(documentId, topic)
      .default({})
      .describe('What contacts can choose on the preferences page'),
    teams: z.record(documentId, team).default({}).describe('Colleagues who are told, and who answer tasks'),
    writeKeys: z
      .array(z.string().regex(/^[A-Za-z0-9_-]{4,64}$/, '4 to 64 letters, digits, hyphens and underscores'))
      .max(20)
      .describe('Public keys of websites that send events'),
    origins: z.array(webAddress).max(50).default([]).describe('Sites that may send events from a browser'),
    limits: limitsSchema.prefault({}).describe('How much may come in by the public doors'),
    ...contactRuleMembers,
    reports: reportSettingsSchema.prefault({}),
    eventsOut: eventsOutSchema.prefault({}),
    testSends: testSends.prefault({}),
    breaker: breaker
      .prefault({})
      .describe('When a journey is paused by itself, by what became of its mails within the last two days'),
    brake: brake.prefault({}),
    heartbeat: heartbeat.optional(),
    retention: retention.prefault({}),
    alarm: mailAddress.describe('Where alarms go'),
    deployment: deploymentSchema.prefault({}).describe('What stands around it on AWS'),
  })
  .refine(ownDomain, {
    message: 'the sender address must be of the sender domain',
    path: ['sender', 'address'],
  })
  .refine((c) => !('unsubscribe' in c.links || 'preferences' in c.links), {
    message: '`unsubscribe` and `preferences` are made for each message',
    path: ['links'],
  })
  .refine(({ heartbeat, teams }) => heartbeat?.team === undefined || Object.hasOwn(teams, heartbeat.team), {
    message: 'a name that stands in `teams`',
    path: ['heartbeat', 'team'],
  })
  .superRefine((client, { addIssue }) => {
    for (const { path, message } of contradictions(client)) addIssue({ code: 'custom', path, message });
  })
  .describe('One client: everything that differs from the next one');

/** With every default filled in. */
export type Client = z.infer<typeof clientSchema>;

/** The same message counts once for 30 days, which is known by the event that it became. */
const shortestRetentionMs = 31 * 86_400_000;

const atLeast = (kept: string): number => Math.max(durationMs(kept), shortestRetentionMs) / 1000;

/** How long events, and messages and runs that are over, are kept after they happened. */
export const retentionSeconds = ({ retention: { events } }: Pick<Client, 'retention'>): number =>
  atLeast(events);
/** How long it is kept who did what. */
export const auditRetentionSeconds = ({ retention: { audit } }: Pick<Client, 'retention'>): number =>
  atLeast(audit);
