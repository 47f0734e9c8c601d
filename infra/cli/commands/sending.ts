import { type Command, Option } from 'commander';
import type { SendingView } from '#functions/operations/sending-view';
import { type ApiOptions, call, withApi } from '../api.ts';
import { formatTable } from '../output/table.ts';

type Options = ApiOptions & { json?: boolean; channel?: string; note?: string };

/** sending show, pause, resume: the whole client, or one channel. */
export const addSending = (program: Command): void => {
  const sending = program
    .command('sending')
    .description('stop all sending of a client at once, or that of one channel: show, pause, resume');
  reporting(sending.command('show').description('what is paused, and how much of the bounds is used')).action(
    async (options: Options) => print(options, await call(options, 'GET', '/v1/sending')),
  );
  reporting(
    sending.command('pause').description('hold everything that runs do, or the messages of a channel'),
  )
    .addOption(channel())
    .option('--note <text>', 'why, for whoever comes next')
    .action(async (options: Options) => change(options, 'pause'));
  reporting(sending.command('resume').description('go on; what became stale is skipped'))
    .addOption(channel())
    .action(async (options: Options) => change(options, 'resume'));
};

const channel = (): Option =>
  new Option('--channel <name>', 'only its messages').choices(['email', 'sms', 'push', 'team']);

const reporting = (command: Command): Command => withApi(command).option('--json', 'the answer as JSON');

const change = async (options: Options, verb: 'pause' | 'resume'): Promise<void> => {
  const { channel: only, note } = options;
  const body = JSON.stringify({ ...(only && { channel: only }), ...(note && { note }) });
  print(options, await call(options, 'POST', `/v1/sending/${verb}`, body));
};

const print = (options: Options, answer: unknown): void =>
  console.log(options.json ? JSON.stringify(answer, null, 2) : describeSending(answer as SendingView));

export const describeSending = ({ paused, brake }: SendingView): string => {
  const stops = Object.entries(paused).map(
    ([what, { at, because, note }]) => `${what} paused since ${at} (${because})${note ? `: ${note}` : ''}`,
  );
  const used = brake.map(({ per, atMost, used: n }) => [per, n, atMost]);
  return [
    ...(stops.length > 0 ? stops : ['Nothing is paused.']),
    ...(used.length > 0 ? ['', formatTable(['messages this', 'about', 'at most'], used)] : []),
  ].join('\n');
};
