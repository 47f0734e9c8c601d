import { isIP } from 'node:net';
import { type Command, InvalidArgumentError } from 'commander';
import type { Report } from '#functions/reports/read-report/report';
import { clientsFolder, readClientFolder } from '../../client-folder.ts';
import type { Volume } from '../../doctor/checks/price.ts';
import { type ApiOptions, call, withToken } from '../api.ts';
import { numberUpTo } from '../arguments.ts';
import { asJson, describeFindings } from '../doctor/describe.ts';
import { Failure } from '../failure.ts';
import { knownClient } from '../files.ts';
import { createProgress } from '../output/progress.ts';

interface Options extends Partial<ApiOptions> {
  clients?: string;
  contacts: number;
  endpoint?: string;
  dns?: string[];
  json?: boolean;
}

const nameServers = (text: string): string[] =>
  text.split(',').map((server) => {
    const [, address = '', port = '53'] = /^\[?([0-9a-f.:]+?)\]?(?::(\d{1,5}))?$/i.exec(server.trim()) ?? [];
    if (isIP(address) === 0 || Number(port) > 65_535)
      throw new InvalidArgumentError(
        `"${server}" is no address of a name server, such as 1.1.1.1 or [::1]:5353.`,
      );
    return server.trim();
  });

const webAddress = (text: string): string => {
  if (/^https?:\/\/./.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError(`"${text}" is no address, such as http://127.0.0.1:4747/aws.`);
};

export const addDoctor = (program: Command): void => {
  const command = program
    .command('doctor')
    .description(
      "whether a client's mail can arrive: DNS records, sender, SES, mails and price, with what to do",
    )
    .argument('<client>', 'name of the folder')
    .option(
      '--contacts <n>',
      'people who enter a journey in a month, for price and pace',
      numberUpTo(1_000_000_000),
      1_000,
    )
    .option('--url <url>', 'take mails per contact from what was measured there, not from the journeys');
  withToken(command)
    .option('--endpoint <url>', 'ask SES there (the embedded world: http://127.0.0.1:4747/aws)', webAddress)
    .option(
      '--dns <servers>',
      "name servers to ask, as 1.1.1.1,[::1]:5353 (default: the system's)",
      nameServers,
    )
    .option('--clients <dir>', 'where the folders of clients are (default: infra/clients)')
    .option('--json', 'the findings as JSON')
    .addHelpText(
      'after',
      '\nExit 1 when there is something to do; what could not be looked at is no failure.',
    )
    .action(run);
};

const run = async (named: string, options: Options): Promise<void> => {
  const { clients: root = clientsFolder } = options;
  const name = knownClient(named, root);
  const folder = readClientFolder(name, root);
  const { examine } = await import('../../doctor/examine.ts');
  const { mailsInFolder } = await import('../../doctor/volume.ts');
  const { createDns } = await import('../../doctor/dns/dns.ts');
  const { probeMails } = await import('../../doctor/mails/probe.ts');
  const progress = createProgress('doctor');
  progress.step(0, 1, 'looking');
  const findings = await examine({
    folder,
    dns: createDns(options.dns ? { servers: options.dns } : {}),
    ses: await sesOf(folder.client, options.endpoint),
    volume: (await measured(options)) ?? {
      contacts: options.contacts,
      mailsEach: mailsInFolder(folder),
      basis: 'the most that a journey of the folder sends',
    },
    probe: probeMails,
  }).finally(progress.end);
  console.log(
    options.json ? JSON.stringify(asJson(name, findings), null, 2) : describeFindings(name, findings),
  );
  if (findings.some(({ status }) => status === 'do')) throw new Failure('');
};

/** The embedded world takes any credentials; nobody else gets made-up ones. */
const sesOf = async (client: unknown, endpoint: string | undefined) => {
  const { createSesReader } = await import('#aws/ses-account');
  const { region } = (client ?? {}) as { region?: unknown };
  if (typeof region !== 'string' || !/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region))
    return { failed: 'client.json names no Region' };
  if (endpoint === undefined) return createSesReader({ region });
  const isHere = ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(endpoint).hostname);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  return createSesReader({ region, endpoint, ...(isHere ? { credentials } : {}) });
};

/** Undefined when no world was named, or nobody has entered a journey there. */
const measured = async ({ url, contacts, ...rest }: Options): Promise<Volume | undefined> => {
  if (url === undefined) return undefined;
  const { mailsMeasured } = await import('../../doctor/volume.ts');
  const api: ApiOptions = { ...rest, url };
  const { journeys } = (await call(api, 'GET', '/v1/journeys')) as { journeys: { id: string }[] };
  const reports = await Promise.all(
    journeys.map(
      ({ id }) => call(api, 'GET', `/v1/journeys/${encodeURIComponent(id)}/report`) as Promise<Report>,
    ),
  );
  const mailsEach = mailsMeasured(reports);
  const basis = `as measured over ${reports.reduce((sum, { entered }) => sum + entered, 0)} runs`;
  return mailsEach === undefined ? undefined : { contacts, mailsEach, basis };
};
