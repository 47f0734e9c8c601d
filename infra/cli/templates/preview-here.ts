import { previewMessage } from '#channels/preview';
import { exampleContact, messageOrder } from '#functions/messages/previewing/message-order';
import { type PreviewAnswer, previewSchema } from '#functions/messages/previewing/request';
import { issuesOf } from '#http/zod-issues';
import { ownAddress } from '#model/deployment';
import { formatIssues } from '#statemachines/checks/format';
import { Failure } from '../failure.ts';
import { locateIssue } from './locate.ts';
import type { TemplatePlace } from './place.ts';
import { type NamedTemplate, requestOf, type ShowOptions } from './request.ts';
import { readTemplateFolder, sourceOf } from './sources.ts';

const linksBase = 'https://links.example';

/** Of a file, with nothing but its folder: needs no world and no network. */
export const previewHere = async (
  named: NamedTemplate & { place: TemplatePlace },
  options: ShowOptions & { client?: string },
): Promise<PreviewAnswer> => {
  const { id, place } = named;
  const folder = readTemplateFolder(place, options.client);
  if (!folder.client)
    throw new Failure(`${place.document} is in the folder of no client: name one with --client.`, 2);
  const { compileTemplate } = await import('#channels/compile-template');
  const { template, issues } = await compileTemplate(id, sourceOf(place, folder), folder.client, folder);
  if (!template)
    throw new Failure(
      issues
        .map((issue) => locateIssue(issue, place))
        .map(({ file, issue }) => formatIssues([issue], { file }).split('\n\n')[0])
        .join('\n'),
    );
  const asked = previewSchema.safeParse(requestOf({ id }, options));
  if (!asked.success)
    throw new Failure(
      issuesOf(asked.error, previewSchema)
        .map(({ path, message }) => `${path} ${message}`)
        .join('\n'),
    );
  const { contact } = asked.data;
  if (typeof contact === 'string')
    throw new Failure('Contacts by name are in a world: start one, or name a file with fields.', 2);
  const order = messageOrder(asked.data, {
    ...{ client: folder.client, template, contact: contact ?? exampleContact },
    settings: {
      baseUrl: ownAddress(folder.client) ?? linksBase,
      sesConfigurationSet: '',
      teamTopicPrefix: '',
    },
    now: Date.now(),
  });
  const shown = await previewMessage(order);
  const seen =
    'skip' in shown
      ? { channel: template.channel, skipped: { reason: shown.skip, detail: shown.detail } }
      : shown.preview;
  return { template: id, ...seen, issues } as PreviewAnswer;
};
