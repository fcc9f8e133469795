import type { CommandReadingData, TextsOf } from './data.ts'

const oneOf = (names: readonly string[]): string => `one of ${names.join(', ')}`
const object = ({ format, example }: CommandReadingData['formNotJson']): string => `write one ${format} object, e.g. ${example}`

/** The English text of every kind of finding in a command, its record or its form; the other languages have theirs in the catalogues. */
export const commandReadingTexts: TextsOf<CommandReadingData> = {
  formNotJson: (data) => [`no ${data.format}`, object(data)],
  formNoObject: (data) => [`no ${data.format} object`, object(data)],
  formTooDeep: ({ depth }) => [`nested deeper than ${String(depth)} levels`, 'no command is nested like this'],
  commandMissing: ({ example }) => ['nothing is given', `name the command, e.g. ${example}`],
  instanceMissing: () => ['nothing is given', 'give the id of the instance that the command is for'],
  actorMissing: () => ['nothing is given', 'let an administrator give the user an id by which policy and directory know them'],
  noVersion: () => ['no version', 'give the number of entries that was seen, as the last result told it'],
  changedByAnother: () => ['not as its author left it', 'leave the command anew'],
  notTakenHere: ({ name, known }) => [name, known.length === 0 ? 'send it from the program for it' : oneOf(known)],
  otherCommand: ({ name }) => [`another command than that of the record, ${name}`, 'leave the type out of the form'],
  noCommand: () => ['no command', 'pass an object with the type of the command'],
  unknownCommand: ({ name, near, known }) => [
    `there is no command "${name}"`,
    near === null ? oneOf(known) : `did you mean ${near}?`,
  ],
  opensNew: ({ name }) => [
    `"${name}" opens a new one`,
    'leave out the instance, or use the verb that opens: complaint.open, account.adopt, tierAdjustment.open, project.open, projectChange.open, policy.open',
  ],
  noPerson: () => ['no person', 'pass the id of the person who acts, 1 to 80 characters; "system" is the runtime itself'],
  unknownField: ({ near, known }) => [
    'no such field',
    near !== null ? `did you mean ${near}?` : known.length === 0 ? 'remove it' : `remove it; known here: ${known.join(', ')}`,
  ],
  blank: () => ['nothing but white space', 'write a text'],
  unprintable: () => ['a control character, or half of a character', 'remove it'],
  theSystem: () => ['the runtime itself is no person', 'name a person'],
  looksSealed: () => ['looks like a sealed text', 'write the text itself'],
  tooMuch: ({ characters, limit }) => [
    `${String(characters)} characters, at most ${String(limit)}`,
    'keep long texts and files outside and attach them as URI and hash',
  ],
  givenTwice: ({ name }) => [`${name} comes twice`, 'keep one of them, or name it otherwise'],
  afterEndDate: () => ['after the end date', 'choose an earlier date, or a later end date'],
  repairsAll: () => ['repairing puts everything right', 'leave this out'],
  noCycle: ({ example }) => ['no evaluation cycle has this id', `write an id such as ${example}`],
}
