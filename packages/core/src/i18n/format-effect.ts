import type { JsonValue } from '../errors/index.ts'
import type { Effect } from '../ports/index.ts'
import type { Catalogue } from './catalogue.ts'
import { createWords } from './create-words.ts'
import { harmless } from './harmless.ts'
import type { Locale } from './locale.ts'
import { lookUp, textOf } from './text-of.ts'
import { partOf, type FormatOptions, type Words } from './words.ts'

/**
 * An effect, a delivery or an effect of an entry in one sentence: whom to tell what, which document to file, which time limit was reached. What the
 * customer is told never names a tier. Types that a host added are shown with their data.
 *
 * @example
 * ```ts
 * formatEffect({ type: 'notify', params: { to: ['accountManager'], message: 'tierChanged' } }, 'zh-CN') // => '通知客户经理：客户级别已变更。'
 * ```
 */
export function formatEffect(effect: Pick<Effect, 'type' | 'params'>, locale: Locale, options: FormatOptions = {}): string {
  const texts = textOf(locale)
  const words = createWords(locale, options)
  return texts.grammar.sentence(effectText(texts, effect, words))
}

function effectText(texts: Catalogue, { type, params }: Pick<Effect, 'type' | 'params'>, words: Words): string {
  const { effects, grammar } = texts
  const at = (name: string): JsonValue => partOf(params, name)
  const text = (name: string): string => {
    const value = at(name)
    return typeof value === 'string' ? value : ''
  }
  const audience = (role: JsonValue): string => audienceText(role, words)
  switch (type) {
    case 'notify': {
      const message = text('message')
      return effects.notify(words.all(at('to'), audience), lookUp(effects.messages, message) ?? grammar.quote(harmless(message)))
    }
    case 'tellCustomer': {
      const message = lookUp(effects.customerMessages, text('message')) ?? harmless(text('message'))
      const given = partOf(at('data'), 'serviceLevel')
      const level = typeof given === 'number' ? lookUp(effects.serviceLevels, String(given)) : null
      return effects.tellCustomer(
        grammar.quote(level === null ? message : grammar.sentences([message, effects.serviceLevel(level)])),
      )
    }
    case 'createTask':
      return effects.createTask(audience(at('for')), lookUp(effects.tasks, text('task')) ?? words.term(at('task')))
    case 'fileDocument':
      return effects.fileDocument(grammar.quote(lookUp(effects.forms, text('form')) ?? harmless(text('form'))))
    case 'command':
      return childText(texts, params, words)
    case 'clockRung': {
      const kind = lookUp(texts.clock.rungs, text('kind')) ?? harmless(text('kind'))
      const clock = lookUp(texts.clocks, text('clock')) ?? harmless(text('clock'))
      return effects.clockRung(kind, clock, words.instant(at('dueAt')), audience(at('to')))
    }
    case 'eraseDocuments':
      return effects.eraseDocuments(words.value(at('count')))
    case 'publishPolicy':
      return effects.publishPolicy(words.value(at('policyId')), words.value(at('version')))
    default:
      return effects.unknown(grammar.quote(harmless(type)), words.value(params))
  }
}

function childText({ effects, grammar, kinds }: Catalogue, params: JsonValue, words: Words): string {
  const [kind, instance, type] = [partOf(params, 'kind'), partOf(params, 'instanceId'), partOf(partOf(params, 'command'), 'type')]
  const name = typeof kind === 'string' ? (lookUp(kinds, kind) ?? harmless(kind)) : grammar.nothing
  const command = typeof kind === 'string' && typeof type === 'string' ? `${kind}.${type}` : type
  return effects.command(words.command(command), name, instance === null ? null : words.value(instance))
}

/** A role, or `person:<id>`. */
function audienceText(to: JsonValue, words: Words): string {
  return typeof to === 'string' && to.startsWith('person:') ? words.person(to.slice('person:'.length)) : words.role(to)
}
