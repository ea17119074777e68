package io.coldstream.store.testkit;

/**
 * What every adapter and every decorator must do. A test class implements this, opens a store, and
 * is done:
 *
 * <pre>{@code
 * class LocalStoreContractTest implements ObjectStoreContract {
 *   public ObjectStore open(String prefix) { ... }
 * }
 * }</pre>
 *
 * <p>Where an emulator is known to differ from the service that it emulates, the test class
 * overrides that test and says why in a {@link io.coldstream.store.testkit.emulator.Deviation}.
 */
public interface ObjectStoreContract
    extends PutContract,
        SourceContract,
        ResumeContract,
        ReadContract,
        ListContract,
        NameContract,
        RemovalContract,
        LifecycleContract {}
