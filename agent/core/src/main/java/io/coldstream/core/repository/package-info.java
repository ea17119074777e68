/**
 * The layout of a repository on the store, and how it is read.
 *
 * <p>Place in the flow: below every step. A backup opens or creates the {@link
 * io.coldstream.core.repository.Repository} first and adds a manifest to it last; a restore and a
 * verification start from it.
 */
package io.coldstream.core.repository;
