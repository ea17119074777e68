/**
 * The directories that a restore writes to: what they hold, and every change to them but the download.
 *
 * <p>Place in the flow: select → plan → <b>target</b> → fetch. {@link
 * io.coldstream.core.restore.target.Preflight} looks at a {@link
 * io.coldstream.core.restore.target.Target} and refuses one that must not be written to. Before the
 * download {@link io.coldstream.core.restore.target.SetAside} and {@link
 * io.coldstream.core.restore.target.StartGuard} prepare it. After the download {@link
 * io.coldstream.core.restore.target.ArrangeStep} moves the files into place and commits. {@link
 * io.coldstream.core.restore.target.Discard} removes an unfinished attempt. This step knows the plan
 * and no repository.
 */
package io.coldstream.core.restore.target;
