import type { Command } from 'commander';
import { type ApiOptions, call, withApi } from '../api.ts';
import { namedTemplate, requestOf, type ShowOptions, withShowOptions } from '../templates/request.ts';

interface Options extends ApiOptions, ShowOptions {
  to: string;
  json?: boolean;
}

export const addSendTest = (program: Command): void => {
  const command = program
    .command('send-test')
    .description('send a template to a colleague, marked as a test; it counts as no message of a journey')
    .argument('<template>', 'a file in templates/, or the id of one that was uploaded')
    .requiredOption('--to <address>', 'somebody whom client.json names: see testSends there');
  withApi(withShowOptions(command)).option('--json', 'the result as JSON').action(sendTest);
};

interface Sent {
  to: string;
  subject: string;
}

const sendTest = async (name: string, options: Options): Promise<void> => {
  const named = namedTemplate(name);
  const body = JSON.stringify({ ...requestOf(named, options), to: options.to });
  const sent = (await call(options, 'POST', `/v1/templates/${named.id}/test`, body)) as Sent;
  console.log(options.json ? JSON.stringify(sent) : `"${sent.subject}" is on its way to ${sent.to}.`);
};
