/**
 * The programs that stand in for clouds: finding, requiring, starting and counting them.
 *
 * <p>A test class that runs against one carries {@link
 * io.coldstream.store.testkit.standin.NeedsStandin} (a program of its own, such as {@link
 * io.coldstream.store.testkit.standin.Azurite}) or {@link
 * io.coldstream.store.testkit.standin.Standin} (a server in this process); a test in which the
 * stand-in differs from the service carries {@link io.coldstream.store.testkit.standin.Deviation}.
 * What ran against what is left in {@code target/standins}. Place in the flow: none, test code only.
 */
package io.coldstream.store.testkit.standin;
