export const en = {
  'link-broken-title': 'This link does not work',
  'link-broken-text':
    'It is not complete, or it is no longer valid. Please open it from the message once more, or copy it whole.',
  'try-later-title': 'Please try again in a moment',
  'try-later-text': 'Something of ours does not answer just now. Your link is fine.',

  'unsubscribe-title': 'Unsubscribe',
  'unsubscribe-text': 'You will get no more messages from {brand} ({channel}).',
  'unsubscribe-topic-text': 'You will get no more “{topic}” from {brand}.',
  'unsubscribe-button': 'Unsubscribe',
  'unsubscribe-topic-button': 'Unsubscribe from “{topic}”',
  'unsubscribe-all-button': 'Unsubscribe from everything',
  'unsubscribed-title': 'You are unsubscribed',
  'unsubscribed-text': '{brand} sends you no more of this. It holds from now on; you may close this page.',
  'unsubscribed-change': 'That was a mistake? Choose what you want',
  'choose-instead': 'Choose what you want instead',

  'preferences-title': 'Your preferences',
  'preferences-intro': 'What may {brand} send you?',
  'preferences-channels': 'How',
  'preferences-topics': 'About what',
  'preferences-save': 'Save',
  'preferences-all': 'No more messages at all?',
  'saved-title': 'Saved',
  'saved-text': 'It holds from now on. You may close this page.',
  'saved-none-text': '{brand} sends you nothing any more. You may close this page.',
  'nothing-title': 'Nothing to choose',
  'nothing-text': 'We no longer keep anything about you, and send you nothing.',

  'channel-email': 'E-mail',
  'channel-sms': 'Text messages',
  'channel-push': 'Notifications on your devices',

  'footer-unsubscribe': 'Unsubscribe',
  'footer-preferences': 'Preferences',

  'confirm-title': 'Is this your address?',
  'confirm-text': 'It was entered at {brand}, with this agreement:',
  'confirm-button': 'Yes, confirm my address',
  'confirmed-title': 'Confirmed',
  'confirmed-text': 'Your address is confirmed. You may close this page.',
  'confirm-nothing-title': 'Nothing to confirm',
  'confirm-nothing-text': 'Nothing is open any more, and we send you nothing.',
  'confirm-mail-subject': 'Please confirm your e-mail address',
  'confirm-mail-text': 'Somebody, we hope you, entered this address at {brand} and agreed to this:',
  'confirm-mail-please': 'Please confirm it here:',
  'confirm-mail-otherwise': 'If it was not you, do nothing: we will write no more.',
  'confirm-mail-never': 'Never ask me again',

  'text-stopped': '{brand}: You get no more texts from us. Reply START if you want them again.',
  'text-started': '{brand}: You get our texts again. Reply STOP to end them, HELP for help.',
  'text-help': '{brand}: For help, ask {contact}. Reply STOP to get no more texts.',

  'task-title': 'Is this the answer?',
  'task-text': 'Your answer: {outcome}',
  'task-button': 'Answer: {outcome}',
  'task-answered-title': 'Answered',
  'task-answered-text': 'The answer to this task is: {outcome}. You may close this page.',
  'task-before-title': 'Answered before',
  'task-before-text': 'Somebody answered this task already: {outcome}. Your answer was not taken.',
  'task-closed-title': 'No answer is needed any more',
  'task-closed-text': 'The journey went on without this answer. Please tell its author if it still matters.',
} as const;

export type Word = keyof typeof en;
/** Every word of one language. */
export type Words = Readonly<Record<Word, string>>;
