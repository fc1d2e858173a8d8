import type { Equipment } from '@lifeline/contracts'
import { isOperatorPseudonym } from '@lifeline/service-kit'

/**
 * A device as the others are told of it: its operators by what the gateway makes of their cards, so that no card stands
 * in the log or in a bucket. One who is entered by pseudonym already, as where the card is an identity number that
 * nobody should type, stays as he is.
 */
export const toldEquipment = (equipment: Equipment, pseudonym: (token: string) => string): Equipment => ({
  ...equipment,
  operators: equipment.operators.map((token) => (isOperatorPseudonym(token) ? token : pseudonym(token))),
})
