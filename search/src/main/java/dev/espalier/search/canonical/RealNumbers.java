package dev.espalier.search.canonical;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** Floating-point numbers in JSON: what is not finite is {@code null}. */
final class RealNumbers extends SimpleModule {
  private static final long serialVersionUID = 1L;

  RealNumbers() {
    super("RealNumbers");
    addSerializer(Double.class, new OfDouble());
    addSerializer(Double.TYPE, new OfDouble());
    addSerializer(Float.class, new OfFloat());
    addSerializer(Float.TYPE, new OfFloat());
    addSerializer(double[].class, new OfDoubles());
    addSerializer(float[].class, new OfFloats());
    addDeserializer(Double.TYPE, new ToDouble());
  }

  private static void write(double value, JsonGenerator json) throws IOException {
    if (Double.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  private static void write(float value, JsonGenerator json) throws IOException {
    if (Float.isFinite(value)) {
      json.writeNumber(value);
    } else {
      json.writeNull();
    }
  }

  private static final class OfDouble extends StdSerializer<Double> {
    private static final long serialVersionUID = 1L;

    OfDouble() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      write(value.doubleValue(), json);
    }
  }

  private static final class OfFloat extends StdSerializer<Float> {
    private static final long serialVersionUID = 1L;

    OfFloat() {
      super(Float.class);
    }

    @Override
    public void serialize(Float value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      write(value.floatValue(), json);
    }
  }

  private static final class OfDoubles extends StdSerializer<double[]> {
    private static final long serialVersionUID = 1L;

    OfDoubles() {
      super(double[].class);
    }

    @Override
    public void serialize(double[] values, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartArray(values, values.length);
      for (double value : values) {
        write(value, json);
      }
      json.writeEndArray();
    }
  }

  private static final class OfFloats extends StdSerializer<float[]> {
    private static final long serialVersionUID = 1L;

    OfFloats() {
      super(float[].class);
    }

    @Override
    public void serialize(float[] values, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartArray(values, values.length);
      for (float value : values) {
        write(value, json);
      }
      json.writeEndArray();
    }
  }

  private static final class ToDouble extends StdScalarDeserializer<Double> {
    private static final long serialVersionUID = 1L;

    ToDouble() {
      super(Double.TYPE);
    }

    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) throws IOException {
      return _parseDoublePrimitive(json, context);
    }

    @Override
    public Double getNullValue(DeserializationContext context) {
      return Double.NaN;
    }
  }
}
