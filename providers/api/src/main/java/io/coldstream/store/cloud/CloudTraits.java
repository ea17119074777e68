package io.coldstream.store.cloud;

/**
 * What a kind of store can do, as far as it differs from the others.
 *
 * @param parts how large parts are
 * @param deleteBatch how many names one call may remove
 * @param listsAfter whether a listing can start after a name; elsewhere what comes too early is
 *     left out
 * @param marksPuts whether a listing can tell the {@link NewObject#mark} of an object, so that a put
 *     whose answer was lost knows its own object
 * @param deniesTakenNames whether an identity that may create, but not replace, is told that this is
 *     denied when the name exists
 * @param createsExclusively whether the store itself refuses to create a name that exists; elsewhere
 *     a name is looked up before it is created and afterwards, which is safe for one writer at a time
 */
public record CloudTraits(
    PartLimits parts,
    int deleteBatch,
    boolean listsAfter,
    boolean marksPuts,
    boolean deniesTakenNames,
    boolean createsExclusively) {}
