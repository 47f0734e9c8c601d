import { verifyLink } from '#channels/links';
import { hearMessage } from '#functions/feedback/hear-message';
import { settleClick } from '#functions/messages/judging';
import { iso } from '#kernel/clock';
import { contactOf } from '#kernel/ids';
import { heldClicksOf } from '#store/sends/held-clicks';
import type { Store } from '#store/store';
import { browse } from './browse.ts';
import type { Dispatch } from './http/routes.ts';
import { createFeedback, type Feedback, type FeedbackOptions } from './mail/feedback.ts';

export interface PlayerOptions
  extends Pick<FeedbackOptions, 'outbox' | 'clock' | 'region' | 'account' | 'publish' | 'disable'> {
  dispatch: Dispatch;
  store: Store;
}

/** Mailboxes, readers and phones of this world. */
export const createPlayer = ({
  dispatch,
  store,
  ...options
}: PlayerOptions): ((feedback: Feedback) => Promise<void>) =>
  createFeedback({
    ...options,
    visit: visitorOf(dispatch),
    vouch: async (sendId) => {
      for (const click of await heldClicksOf(store, contactOf(sendId)))
        if (click.send === sendId) await settleClick(store, click);
    },
    destinationOf: destinationOf(store),
    answerMail: async (sendId) => {
      await hearMessage(store, { sendId, was: 'replied', happenedAt: iso(store.clock.now()) });
    },
  });

const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const visitorOf =
  (dispatch: Dispatch) =>
  async (url: string): Promise<number> => {
    const { pathname, search } = new URL(url);
    return (await browse(dispatch, { path: pathname + search, headers: { 'user-agent': browser } })).status;
  };

const destinationOf =
  (store: Store) =>
  async (url: string): Promise<string | undefined> => {
    const token = new URL(url).pathname.replace(/^\/c\//, '');
    const verified = verifyLink((await store.keys()).links, 'click', token);
    return 'facts' in verified ? verified.facts.url : undefined;
  };
