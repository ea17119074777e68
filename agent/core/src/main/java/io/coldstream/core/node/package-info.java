/**
 * A running node, asked over HTTP: what it is, whether its files should be backed up now, and keeping
 * it quiet while they are captured.
 *
 * <p>Place in the flow: before a capture and around it. {@link io.coldstream.core.node.NodeReader} asks
 * with the one bounded client, {@link io.coldstream.core.node.NodeHttp}, which a drill uses, too.
 * {@link io.coldstream.core.node.NodeGate} decides, {@link io.coldstream.core.node.QuietNode} pauses
 * and resumes.
 */
package io.coldstream.core.node;
