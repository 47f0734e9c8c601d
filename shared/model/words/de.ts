import type { Words } from './en.ts';

export const de: Words = {
  'link-broken-title': 'Dieser Link funktioniert nicht',
  'link-broken-text':
    'Er ist unvollständig oder nicht mehr gültig. Bitte öffnen Sie ihn noch einmal aus der Nachricht, oder kopieren Sie ihn ganz.',
  'try-later-title': 'Bitte gleich noch einmal versuchen',
  'try-later-text': 'Bei uns antwortet gerade etwas nicht. Ihr Link ist in Ordnung.',

  'unsubscribe-title': 'Abmelden',
  'unsubscribe-text': 'Sie erhalten dann keine Nachrichten mehr von {brand} ({channel}).',
  'unsubscribe-topic-text': 'Sie erhalten dann von {brand} nichts mehr zum Thema „{topic}“.',
  'unsubscribe-button': 'Abmelden',
  'unsubscribe-topic-button': 'Von „{topic}“ abmelden',
  'unsubscribe-all-button': 'Von allem abmelden',
  'unsubscribed-title': 'Sie sind abgemeldet',
  'unsubscribed-text':
    '{brand} schickt Ihnen davon nichts mehr. Das gilt ab sofort; Sie können diese Seite schließen.',
  'unsubscribed-change': 'Ein Versehen? Selbst auswählen, was Sie erhalten',
  'choose-instead': 'Stattdessen auswählen, was Sie erhalten',

  'preferences-title': 'Ihre Einstellungen',
  'preferences-intro': 'Was darf {brand} Ihnen schicken?',
  'preferences-channels': 'Auf welchem Weg',
  'preferences-topics': 'Zu welchen Themen',
  'preferences-save': 'Speichern',
  'preferences-all': 'Gar keine Nachrichten mehr?',
  'saved-title': 'Gespeichert',
  'saved-text': 'Das gilt ab sofort. Sie können diese Seite schließen.',
  'saved-none-text': '{brand} schickt Ihnen nichts mehr. Sie können diese Seite schließen.',
  'nothing-title': 'Nichts auszuwählen',
  'nothing-text': 'Wir haben nichts mehr über Sie gespeichert und schicken Ihnen nichts.',

  'channel-email': 'E-Mail',
  'channel-sms': 'SMS',
  'channel-push': 'Mitteilungen auf Ihren Geräten',

  'footer-unsubscribe': 'Abmelden',
  'footer-preferences': 'Einstellungen',

  'confirm-title': 'Ist das Ihre Adresse?',
  'confirm-text': 'Sie wurde bei {brand} eingetragen, mit dieser Einwilligung:',
  'confirm-button': 'Ja, meine Adresse bestätigen',
  'confirmed-title': 'Bestätigt',
  'confirmed-text': 'Ihre Adresse ist bestätigt. Sie können diese Seite schließen.',
  'confirm-nothing-title': 'Nichts zu bestätigen',
  'confirm-nothing-text': 'Es ist nichts mehr offen, und wir schicken Ihnen nichts.',
  'confirm-mail-subject': 'Bitte bestätigen Sie Ihre E-Mail-Adresse',
  'confirm-mail-text':
    'Jemand, hoffentlich Sie, hat diese Adresse bei {brand} eingetragen und in Folgendes eingewilligt:',
  'confirm-mail-please': 'Bitte bestätigen Sie sie hier:',
  'confirm-mail-otherwise': 'Wenn Sie es nicht waren, tun Sie nichts: Wir schreiben dann nicht mehr.',
  'confirm-mail-never': 'Nie wieder fragen',

  'text-stopped':
    '{brand}: Sie erhalten keine SMS mehr von uns. Antworten Sie START, wenn Sie wieder welche möchten.',
  'text-started': '{brand}: Sie erhalten wieder SMS von uns. STOP beendet sie, HILFE hilft weiter.',
  'text-help': '{brand}: Hilfe unter {contact}. Antworten Sie STOP, um keine SMS mehr zu erhalten.',

  'task-title': 'Ist das die Antwort?',
  'task-text': 'Ihre Antwort: {outcome}',
  'task-button': 'Antworten: {outcome}',
  'task-answered-title': 'Beantwortet',
  'task-answered-text': 'Die Antwort auf diese Aufgabe lautet: {outcome}. Sie können diese Seite schließen.',
  'task-before-title': 'Schon beantwortet',
  'task-before-text':
    'Jemand hat diese Aufgabe schon beantwortet: {outcome}. Ihre Antwort wurde nicht übernommen.',
  'task-closed-title': 'Es wird keine Antwort mehr gebraucht',
  'task-closed-text':
    'Die Journey ist ohne diese Antwort weitergegangen. Sagen Sie bitte ihrem Autor Bescheid, wenn sie noch wichtig ist.',
};
