package dev.espalier.learning.tensor;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The owner of the tensors made while it is open, and the gradient mode of its thread meanwhile.
 *
 * <p>Scopes nest like blocks. The innermost one of the thread owns every result; closing it frees
 * them all, whether or not the garbage collector has run, and gives the thread back the gradient
 * mode it had before. Keep a tensor beyond its scope with {@link Tensor#keep()}.
 *
 * <p>The engine's gradient mode belongs to the operating system's thread: on by default in fresh
 * threads, and on a virtual thread it changes with the carrier (3 of 200 backward passes failed).
 * So a scope sets it explicitly and virtual threads are refused.
 */
public final class Scope implements AutoCloseable {
  private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

  private final Torch torch;
  private final Thread thread = Thread.currentThread();
  private final @Nullable Scope parent;
  private final boolean recording;
  private final boolean recordingBefore;
  private final List<Tensor> tensors = new ArrayList<>();
  private boolean open = true;

  private Scope(Torch torch, @Nullable Scope parent, boolean recording) {
    this.torch = torch;
    this.parent = parent;
    this.recording = recording;
    this.recordingBefore = JniUtils.isGradMode();
  }

  static Scope open(Torch torch, boolean recording) {
    requirePlatformThread();
    Scope scope = new Scope(torch, CURRENT.get(), recording);
    JniUtils.setGradMode(recording);
    CURRENT.set(scope);
    return scope;
  }

  /** The innermost open scope of this thread. */
  static Scope current() {
    Scope scope = CURRENT.get();
    if (scope == null) {
      throw new IllegalStateException(
          "no tensor scope is open on thread %s: wrap the work in try (Scope _ ="
                  .formatted(Thread.currentThread().getName())
              + " torch.inference()) or torch.recording()");
    }
    return scope;
  }

  static void requirePlatformThread() {
    if (Thread.currentThread().isVirtual()) {
      throw new IllegalStateException(
          "tensors need a platform thread: the engine's gradient mode belongs to the carrier of a"
              + " virtual thread, so gradients would be lost at random");
    }
  }

  /** Whether operations are recorded for a backward pass. */
  public boolean recording() {
    return recording;
  }

  Tensor own(PtNDArray array) {
    Tensor tensor = Tensor.inScope(torch, array, this);
    tensors.add(tensor);
    return tensor;
  }

  /** Frees what the scope owns and restores the thread's gradient mode. */
  @Override
  public void close() {
    if (!open) {
      return;
    }
    if (Thread.currentThread() != thread || CURRENT.get() != this) {
      throw new IllegalStateException(
          "a tensor scope must be closed on the thread that opened it, innermost first");
    }
    open = false;
    if (parent == null) {
      CURRENT.remove();
    } else {
      CURRENT.set(parent);
    }
    JniUtils.setGradMode(recordingBefore);
    for (int i = tensors.size() - 1; i >= 0; i--) {
      tensors.get(i).freeIfOwnedBy(this);
    }
    tensors.clear();
  }
}
