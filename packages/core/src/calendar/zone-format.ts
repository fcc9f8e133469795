/** Formats by zone as it was named: to make one costs far more than to use it. */
const formats = new Map<string, Intl.DateTimeFormat>()

/** More zones than anybody works in at a time; a name may be written in any case, so that there is no end of names. */
const mostFormats = 64

/**
 * The local clock of a zone as Intl shows it: numbers only, so that no version of the host's locale data changes what is read off it.
 *
 * @throws RangeError for a zone that is not known.
 */
export function zoneFormat(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  if (formats.size >= mostFormats) formats.clear()
  formats.set(timeZone, format)
  return format
}
