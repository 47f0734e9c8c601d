import * as z from 'zod';

const host = z
  .string()
  .regex(/^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/, 'a host in lower case, such as "go.example.com"');
const certificate = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[a-f0-9-]{36}$/,
    'the ARN of an ACM certificate',
  );

const domain = z
  .strictObject({
    name: host.describe('The host alone: links in mails begin with `https://` and it'),
    certificate: certificate.describe(
      "For that host, issued: in the client's Region, or in us-east-1 with `cloudFront`",
    ),
  })
  .describe('An address of your own for the API, instead of that of API Gateway');

const cloudFront = z
  .strictObject({
    waf: z
      .union([
        z.literal(false),
        z.strictObject({
          requestsPerFiveMinutes: z
            .number()
            .int()
            .min(10)
            .max(2_000_000_000)
            .default(2_000)
            .describe('Of one caller; more are refused'),
          managedRules: z
            .boolean()
            .default(true)
            .describe("AWS's own lists: bad addresses and known bad inputs"),
        }),
      ])
      .prefault({})
      .describe('Web application firewall before the API; `false` for none'),
    price: z
      .enum(['100', '200', 'All'])
      .default('100')
      .describe('Price class: 100 is Europe and North America, All is everywhere'),
  })
  .describe('CloudFront before the API. `limits.proxies` must be 1 then, so that callers are told apart');

const budget = z
  .strictObject({
    monthlyDollars: z
      .number()
      .positive()
      .max(1_000_000)
      .describe('A mail to `alarm` at 80 % and 100 % of it, and when the forecast for the month is above it'),
  })
  .describe('The AWS bill of this client, told apart by the tag `wayleaf:client`');

/** What stands around a client's functions. Without it: the plainest that is safe. */
export const deploymentSchema = z.strictObject({
  domain: domain.optional(),
  cloudFront: cloudFront.optional(),
  key: z
    .enum(['aws', 'customer'])
    .default('aws')
    .describe(
      "What encrypts the tables and the copy of the link keys: a key that AWS manages, or one of your own account's (a dollar a month, and every use in CloudTrail). Choose before the first deployment",
    ),
  permissionsBoundary: z
    .string()
    .regex(/^arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy\/[\w+=,.@/-]{1,512}$/, 'the ARN of an IAM policy')
    .optional()
    .describe('Set on every role that is made'),
  tags: z
    .record(
      z
        .string()
        .regex(
          /^(?!aws:|wayleaf:)[\p{L}\p{N}\s_.:/=+@-]{1,128}$/u,
          'at most 128 letters, digits and `_.:/=+@-`; `aws:` and `wayleaf:` are taken',
        ),
      z.string().regex(/^[\p{L}\p{N}\s_.:/=+@-]{0,256}$/u, 'at most 256 letters, digits and `_.:/=+@-`'),
    )
    .default({})
    .describe('On everything that is made; `wayleaf:client` is added'),
  budget: budget.optional(),
  tracing: z
    .boolean()
    .default(false)
    .describe(
      'Traces of every function in X-Ray, found by the ids of run, contact and journey. Some 70 ms more at a cold start, and five dollars a million calls that are traced',
    ),
});
export type Deployment = z.infer<typeof deploymentSchema>;

interface Settings {
  region: string;
  publicUrl?: string | undefined;
  limits: { proxies: number };
  deployment: Deployment;
}

/** Where links in mails lead; undefined where nothing but API Gateway's own address is known. */
export const ownAddress = ({
  publicUrl,
  deployment: { domain: own },
}: Pick<Settings, 'publicUrl' | 'deployment'>): string | undefined =>
  own ? `https://${own.name}` : publicUrl;

/** What does not go together, by the member that is to be changed. */
export const contradictions = ({ region, publicUrl, limits, deployment }: Settings) => {
  const { domain: own, cloudFront: before } = deployment;
  const found: { path: string[]; message: string }[] = [];
  const wanted = before ? 'us-east-1' : region;
  const where = own?.certificate.split(':')[3];
  if (own && where !== wanted)
    found.push({
      path: ['deployment', 'domain', 'certificate'],
      message: `the certificate is in ${where}, and ${before ? 'CloudFront takes those of us-east-1 only' : `the API is in ${region}`}; ask ACM for one in ${wanted}`,
    });
  if (own && publicUrl !== undefined && publicUrl.replace(/\/+$/, '') !== `https://${own.name}`)
    found.push({
      path: ['publicUrl'],
      message: `and \`deployment.domain\` is "${own.name}": leave \`publicUrl\` out, or write "https://${own.name}"`,
    });
  if (before && limits.proxies === 0)
    found.push({
      path: ['deployment', 'cloudFront'],
      message:
        'with CloudFront before the API all callers would look like one; write `"limits": { "proxies": 1 }`',
    });
  return found;
};
