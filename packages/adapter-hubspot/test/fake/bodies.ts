/** A refusal of the portal: what its answer says. */
export class PortalError extends Error {
  readonly status: number
  readonly body: { readonly [name: string]: unknown }

  constructor(status: number, message: string, more: { readonly [name: string]: unknown } = {}) {
    super(message)
    this.name = 'PortalError'
    this.status = status
    this.body = { status: 'error', message, ...more }
  }
}

/** A single error of a property, as HubSpot lists it and repeats it inside of the message. */
export interface PropertyFault {
  readonly code: string
  readonly name: string
  readonly message: string
}

/** Values that do not fit: codes and names stand in a list, and as JSON in the message. */
export function notValid(faults: readonly PropertyFault[], portalId: number): PortalError {
  const inside = faults.map(({ code, name, message }) => ({
    isValid: false,
    message,
    error: code,
    name,
    localizedErrorMessage: message,
    portalId,
  }))
  return new PortalError(400, `Property values were not valid: ${JSON.stringify(inside)}`, {
    errors: faults.map(({ code, name, message }) => ({ message, code, context: { propertyName: [name] } })),
    category: 'VALIDATION_ERROR',
  })
}

/** A unique value that another record has: a 400 whose only news is its text. */
export function uniqueTaken(at: {
  readonly portalId: number
  readonly typeText: string
  readonly property: string
  readonly value: string
  readonly id: string
  readonly holder: string
}): PortalError {
  const { portalId, typeText, property, value, id, holder } = at
  return new PortalError(
    400,
    `Cannot set PropertyValueCoordinates{portalId=${String(portalId)}, objectTypeId=ObjectTypeId{${typeText}}, propertyName=${property}, value=${value}} on ${id}. ${holder} already has that value.`,
    { category: 'VALIDATION_ERROR' },
  )
}

export const invalid = (message: string): PortalError => new PortalError(400, message, { category: 'VALIDATION_ERROR' })
export const notFound = (): PortalError => new PortalError(404, 'resource not found')
export const exists = (message: string, subCategory: string): PortalError =>
  new PortalError(409, message, { category: 'OBJECT_ALREADY_EXISTS', subCategory })
